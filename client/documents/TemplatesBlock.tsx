import { For, type JSX } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { kindViews } from '../kinds/index.ts'
import { Loaded } from '../ui/load.tsx'
import './documents.css'
import { createTemplates, templateKey } from './NewDocumentDialog.tsx'

/** What one could start from, beside an empty page. */
export function TemplatesBlock(props: { onStart: (template: string) => void }): JSX.Element {
  const templates = createTemplates()
  return (
    <section class="block" aria-labelledby="templates">
      <h2 id="templates">Templates</h2>
      <Loaded load={templates} lines={3}>
        {(list) => (
          <ul class="templates">
            <For each={list()}>
              {(template) => (
                <li>
                  <span class="picture">
                    <Dynamic component={kindViews[template.kind].Picture} />
                  </span>
                  <div>
                    <button
                      type="button"
                      class="link-button"
                      onClick={() => props.onStart(templateKey(template))}
                    >
                      {template.name}
                    </button>
                    <p class="label">{template.sentence}</p>
                  </div>
                </li>
              )}
            </For>
          </ul>
        )}
      </Loaded>
    </section>
  )
}
