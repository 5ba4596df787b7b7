import { createSignal, For, type JSX, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { TemplateSummary } from '#shared/document.ts'
import { kindViews } from '../kinds/index.ts'
import { Loaded } from '../ui/load.tsx'
import './documents.css'
import { RemoveTemplateDialog } from './RemoveTemplateDialog.tsx'
import { createTemplates, templateKey } from './templates.ts'

/** How many of those that came with the product are offered beside the page; the others are one click away. */
const most = 4

/** The network's own first. */
const offered = (templates: readonly TemplateSummary[]): readonly TemplateSummary[] => [
  ...templates.filter(({ own }) => own),
  ...templates.filter(({ id, own }) => !own && id !== 'blank').slice(0, most),
]

/** What one could start from, beside an empty page. */
export function TemplatesBlock(props: {
  networkId: string
  onStart: (template: string) => void
  /** Asks with all of them in sight, the empty ones too. */
  onAll: () => void
  /** The reader keeps the network's templates: may remove those that it saved itself. */
  keeps?: boolean
}): JSX.Element {
  const templates = createTemplates(() => props.networkId)
  const [leaving, setLeaving] = createSignal<TemplateSummary>()
  return (
    <section class="block" aria-labelledby="templates">
      <h2 id="templates">Templates</h2>
      <Loaded load={templates} lines={3}>
        {(list) => (
          <ul class="templates">
            <For each={offered(list())}>
              {(template) => (
                <li>
                  <span class="picture">
                    <Dynamic component={kindViews[template.kind].Picture} template={template.id} />
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
                    <Show when={props.keeps && template.own}>
                      <button
                        type="button"
                        class="link-button small"
                        aria-label={`Remove the template ${template.name}`}
                        onClick={() => setLeaving(template)}
                      >
                        Remove
                      </button>
                    </Show>
                  </div>
                </li>
              )}
            </For>
          </ul>
        )}
      </Loaded>
      <div>
        <button type="button" class="link-button small" onClick={() => props.onAll()}>
          All templates
        </button>
      </div>
      <Show when={leaving()}>
        {(template) => (
          <RemoveTemplateDialog
            networkId={props.networkId}
            template={template()}
            onClose={() => setLeaving()}
            removed={() => void templates.reload()}
          />
        )}
      </Show>
    </section>
  )
}
