import { createSignal, createUniqueId, For, type JSX, Show } from 'solid-js'
import { isPrediction } from '#shared/kinds/pdsa-cycle/canonical.ts'
import { readPartStatement, readSealed } from '#shared/kinds/pdsa-cycle/sealed.ts'
import type { Amendment, Seal } from '#shared/records.ts'
import { createNow } from '../../clock.ts'
import { Icon } from '../../ui/Icon.tsx'
import { timeOfDay, whenOf } from '../../ui/when.ts'
import { shortHash } from './hash.ts'
import { usePage } from './page.ts'
import { predictionLine } from './prediction-words.ts'
import { StatementView } from './StatementView.tsx'
import { sealedBy, sealedDay } from './seal-words.ts'

/** What was sealed, visibly closed: nobody can write here any more. Amendments stand beside it, never in its place. */
export function SealedPlan(props: { seal: Seal }): JSX.Element {
  const statements = () => [...readSealed(props.seal).values()].map(({ sealed }) => sealed)
  const amendmentsOf = (id: string) => props.seal.amendments.filter(({ part }) => part === id)
  const others = () => {
    const sealed = new Set(statements().map(({ id }) => id))
    return props.seal.amendments.filter(({ part }) => !sealed.has(part))
  }
  return (
    <section class="sealed-plan" aria-labelledby="sealed-plan">
      <h3 id="sealed-plan" class="side plan">
        <Icon name="seal" />
        Sealed before Do
      </h3>
      <ol>
        <For each={statements()}>
          {(statement) => (
            <li>
              <p class="q serif">{statement.question || 'A question without words'}</p>
              <Show when={isPrediction(statement)} fallback={<p class="faint">Nothing was predicted.</p>}>
                <StatementView statement={statement} />
              </Show>
              <Amendments amendments={amendmentsOf(statement.id)} />
            </li>
          )}
        </For>
      </ol>
      <Show when={others().length > 0}>
        <div class="late-amendments">
          <p class="label">Added after the seal</p>
          <Amendments amendments={others()} isLate />
        </div>
      </Show>
      <SealMark seal={props.seal} />
    </section>
  )
}

/** Each amendment as a line of its own: what it says, who, when and why. */
function Amendments(props: { amendments: readonly Amendment[]; isLate?: boolean }): JSX.Element {
  const { network } = usePage()
  const now = createNow()
  return (
    <Show when={props.amendments.length > 0}>
      <ul class="amendments small">
        <For each={props.amendments}>
          {(amendment) => (
            <li>
              <b>{props.isLate ? 'Not predicted before Do.' : 'Amended'}</b>{' '}
              {whenOf(amendment.at, now(), network)} by {amendment.by.name}: {wordsOf(amendment)}{' '}
              <span class="quiet">Reason: {amendment.reason}</span>
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}

function wordsOf(amendment: Amendment): string {
  const statement = readPartStatement(amendment.text)
  return statement === undefined ? amendment.text : predictionLine(statement)
}

/** Who sealed it, when and with whom, and the mark by which anybody can check it. */
export function SealMark(props: { seal: Seal }): JSX.Element {
  const { network } = usePage()
  const id = createUniqueId()
  const [isOpen, setOpen] = createSignal(false)
  return (
    <div class="seal-mark">
      <p class="label">
        Sealed {sealedDay(props.seal.at, network)}, {timeOfDay(props.seal.at, network)}, by{' '}
        {sealedBy(props.seal)}.{' '}
        <button
          type="button"
          class="link-button tabular"
          aria-expanded={isOpen()}
          aria-controls={id}
          aria-label={`Mark of the seal ${shortHash(props.seal.hash)}, ${isOpen() ? 'hide' : 'show'} how to check it`}
          onClick={() => setOpen(!isOpen())}
        >
          {shortHash(props.seal.hash)}
        </button>
      </p>
      <div id={id} class="seal-check" hidden={!isOpen()}>
        <Show when={isOpen()}>
          <p class="label">
            <Show
              when={props.seal.erasedAt}
              fallback={
                <>
                  The SHA-256 of the sealed text. Save the text below as it stands, in UTF-8 and without a
                  line break at its end, and <code>sha256sum</code> gives the same.
                </>
              }
            >
              {(at) => (
                <>
                  The SHA-256 of the text as it was sealed. On {sealedDay(at(), network)} words were erased
                  from it for good, so it can no longer be checked.
                </>
              )}
            </Show>
          </p>
          <p>
            <code>{props.seal.hash}</code>
          </p>
          <pre>{props.seal.text}</pre>
        </Show>
      </div>
    </div>
  )
}
