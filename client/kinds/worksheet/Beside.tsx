import { createSignal, For, type JSX, Show } from 'solid-js'
import { checkSection, type Finding, readsWorkspace } from '#shared/kinds/worksheet/checks.ts'
import { commonSource, type Section } from '#shared/kinds/worksheet/model.ts'
import { usePage } from './page.ts'

/** What stands beside a section: what is asked, questions to think along, an example on demand, and what is here already. */
export function Beside(props: { section: Section }): JSX.Element {
  const { sheet } = usePage()
  // What is the same for all headings is said once, above them.
  const ownSource = () => (commonSource(sheet.worksheet) === undefined ? props.section.source : undefined)
  return (
    <div class="ws-beside">
      <Show when={props.section.guidance}>{(words) => <p class="hint ws-guidance">{words()}</p>}</Show>
      <Show when={props.section.prompts.length > 0}>
        <ul class="ws-prompts hint">
          <For each={props.section.prompts}>{(prompt) => <li>{prompt}</li>}</For>
        </ul>
      </Show>
      <Show when={props.section.example}>
        {(example) => (
          <Example example={example()} from={props.section.exampleFrom} heading={props.section.heading} />
        )}
      </Show>
      <Show when={ownSource()}>{(source) => <p class="hint">Quoted heading: {source()}.</p>}</Show>
      <Findings section={props.section} />
    </div>
  )
}

function Example(props: { example: string; from: string | undefined; heading: string }): JSX.Element {
  const [isShown, setShown] = createSignal(false)
  return (
    <div class="hint no-print">
      <button
        type="button"
        class="link-button"
        aria-expanded={isShown()}
        onClick={() => setShown(!isShown())}
      >
        {isShown() ? 'Hide the example' : 'Show an example'}
        <span class="visually-hidden"> for {props.heading}</span>
      </button>
      <Show when={isShown()}>
        <figure class="ws-example">
          <blockquote>{props.example}</blockquote>
          <Show when={props.from}>{(from) => <figcaption>{from()}</figcaption>}</Show>
        </figure>
      </Show>
    </div>
  )
}

/** What is here already, live. Nothing is said before it is known. */
function Findings(props: { section: Section }): JSX.Element {
  const { workspace } = usePage()
  const findings = () => {
    const { check } = props.section
    if (check === undefined) return []
    const found = workspace() ?? (readsWorkspace(check) ? undefined : { documents: [], facts: [] })
    return found === undefined ? [] : checkSection(props.section, found)
  }
  return (
    <Show when={findings().length > 0}>
      <div class="ws-findings">
        <h3>Here already</h3>
        <ul>
          <For each={findings()}>{(finding) => <FindingItem finding={finding} />}</For>
        </ul>
      </div>
    </Show>
  )
}

function FindingItem(props: { finding: Finding }): JSX.Element {
  return (
    <li class="hint" classList={{ 'is-there': props.finding.isThere }}>
      <span>
        {props.finding.sentence}
        <For each={props.finding.documents}>
          {({ id, title }) => (
            <>
              {' '}
              <a href={`/documents/${id}`}>{title}</a>
            </>
          )}
        </For>
      </span>
    </li>
  )
}
