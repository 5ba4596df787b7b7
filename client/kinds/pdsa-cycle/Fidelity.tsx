import { createMemo, createSignal, createUniqueId, For, type JSX, Show } from 'solid-js'
import { describeFidelity, fidelityInChain, fidelityOf } from '#shared/kinds/pdsa-cycle/fidelity.ts'
import { rampsOf } from '#shared/kinds/pdsa-cycle/ramp.ts'
import type { CycleSummary } from '#shared/kinds/pdsa-cycle/summary.ts'
import './fidelity.css'
import { usePage } from './page.ts'
import type { RampCycle } from './ramp-steps.ts'

/**
 * The seven habits of a cycle as dots. For its own team, and for those who may edit it: never a score, nor compared.
 */
export function Fidelity(props: { ramp: readonly RampCycle[] }): JSX.Element {
  const { open, network, detail } = usePage()
  const isOwn = () =>
    open.level() === 'edit' ||
    network.roles.some(({ teamId }) => teamId !== undefined && teamId === detail().teamId)
  return (
    <Show when={isOwn()}>
      <Habits ramp={props.ramp} />
    </Show>
  )
}

function Habits(props: { ramp: readonly RampCycle[] }): JSX.Element {
  const { open, model, records, detail } = usePage()
  const id = createUniqueId()
  const [isOpen, setOpen] = createSignal(false)
  const habits = createMemo(() => {
    const chain = chainOf(props.ramp, open.id)
    return describeFidelity(fidelityInChain(fidelityOf(model(), records()), chain))
  })
  const met = () => habits().filter(({ isMet }) => isMet).length
  return (
    <div class="fidelity">
      <span class="label" aria-hidden="true">
        {numberWords[met()]} of seven habits
      </span>
      <button
        type="button"
        class="fidelity-dots"
        aria-label={`${numberWords[met()]} of seven habits of a good test`}
        aria-expanded={isOpen()}
        aria-controls={id}
        aria-describedby={id}
        onClick={() => setOpen(!isOpen())}
        onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
        onBlur={() => setOpen(false)}
      >
        <For each={habits()}>{({ isMet }) => <i classList={{ on: isMet }} aria-hidden="true" />}</For>
      </button>
      <ul id={id} class="habits" classList={{ 'is-open': isOpen() }}>
        <For each={habits()}>
          {({ isMet, sentence }) => (
            <li>
              <i classList={{ on: isMet }} aria-hidden="true" />
              {sentence}
            </li>
          )}
        </For>
      </ul>
      <span class="label">
        {detail().teamId === undefined ? 'Only those who may edit see this.' : 'Only your team sees this.'}
      </span>
    </div>
  )
}

const numberWords = ['None', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven']

/** The cycles that go on from each other, this one among them. */
const chainOf = (cycles: readonly RampCycle[], id: string): readonly CycleSummary[] =>
  rampsOf(cycles.map((cycle) => ({ title: '', ...cycle })))
    .map(({ steps }) => steps.map(({ cycle }) => cycle))
    .find((chain) => chain.some(({ documentId }) => documentId === id))
    ?.map(({ summary }) => summary) ?? []
