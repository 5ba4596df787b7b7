import { type JSX, Match, Show, Switch } from 'solid-js'
import { createTheory, type Diagram, type Theory } from './create-theory.ts'
import { createWithdrawal } from './create-withdrawal.ts'
import { usePage } from './page.ts'
import { revisionBy } from './theory.ts'
import { doneWords } from './theory-words.ts'

/** What became of the theory, and the way back while it still stands. */
export function ReportTheory(): JSX.Element {
  const { model, network } = usePage()
  const asksForChange = () => model().theory !== undefined && model().theory !== 'leave'
  const theory = createTheory(network.id, () => (asksForChange() ? model().idea : undefined))
  return (
    <Show when={knownOf(theory.diagram())}>
      {(diagram) => <Revised diagram={diagram()} theory={theory} />}
    </Show>
  )
}

const knownOf = (diagram: Diagram) => (diagram.kind === 'known' ? diagram : undefined)

function Revised(props: { diagram: Extract<Diagram, { kind: 'known' }>; theory: Theory }): JSX.Element {
  const { open, model } = usePage()
  const withdrawal = createWithdrawal(props.theory)
  const standing = () => revisionBy(props.diagram.theory, open.id)
  const place = () => ({ documentId: model().idea?.documentId ?? '', link: standing()?.link.id ?? '' })
  const onDiagram = () => (
    <a href={`/documents/${model().idea?.documentId}#${model().idea?.part}`}>{props.diagram.title}</a>
  )
  return (
    <section class="revised">
      <h3>The theory</h3>
      <p>
        <Switch fallback={<>What this cycle asked for does not stand on {onDiagram()} any more.</>}>
          <Match when={standing()}>
            {(found) => (
              <>
                {doneWords[found().change]} “{props.diagram.theory.idea?.title}” → “
                {found().link.driver.title}” on {onDiagram()}.{' '}
                <Show when={props.diagram.change === 'done'}>
                  <button
                    type="button"
                    class="link-button no-print"
                    disabled={withdrawal.isBusy()}
                    onClick={() => void withdrawal.run(place())}
                  >
                    Undo this change
                  </button>
                </Show>
              </>
            )}
          </Match>
          <Match when={props.diagram.waiting.includes(open.id)}>
            The change waits on {onDiagram()} as a proposal, until someone who may edit it accepts or
            declines.
          </Match>
        </Switch>
      </p>
    </section>
  )
}
