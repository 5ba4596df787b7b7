import { createMemo, For, type JSX, onMount, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { TemplateSummary } from '#shared/document.ts'
import { type KindName, kindNames, kinds } from '#shared/kinds/index.ts'
import { kindViews } from '../kinds/index.ts'

/** What a document can start from, by kind: a picture and one sentence each. */
export function TemplateChoice(props: {
  templates: readonly TemplateSummary[]
  onChoose: (template: TemplateSummary) => void
}): JSX.Element {
  const groups = createMemo(() =>
    kindNames
      .map((kind) => ({ kind, templates: props.templates.filter((template) => template.kind === kind) }))
      .filter(({ templates }) => templates.length > 0),
  )
  let list!: HTMLDivElement
  // Where it comes back after another step, the keyboard stands nowhere.
  onMount(() => list.querySelector<HTMLElement>('.template')?.focus())
  return (
    <div ref={list} class="template-groups">
      <For each={groups()}>
        {(group, index) => <Group {...group} isFirst={index() === 0} onChoose={props.onChoose} />}
      </For>
    </div>
  )
}

function Group(props: {
  kind: KindName
  templates: readonly TemplateSummary[]
  isFirst: boolean
  onChoose: (template: TemplateSummary) => void
}): JSX.Element {
  return (
    <section aria-label={kinds[props.kind].plural}>
      <h3>{kinds[props.kind].plural}</h3>
      <ul class="template-grid">
        <For each={props.templates}>
          {(template, index) => (
            <li>
              <button
                type="button"
                class="template"
                data-first={props.isFirst && index() === 0 ? '' : undefined}
                onClick={() => props.onChoose(template)}
              >
                <span class="picture">
                  <Dynamic component={kindViews[template.kind].Picture} template={template.id} />
                </span>
                <span class="about">
                  <b>{template.name}</b>
                  <Show when={template.own}>
                    <span class="label">Saved by your network</span>
                  </Show>
                  <span class="label">{template.sentence}</span>
                </span>
              </button>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}
