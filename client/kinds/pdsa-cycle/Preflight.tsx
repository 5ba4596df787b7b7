import { createMemo, Index, type JSX, Show } from 'solid-js'
import { type Check, preflightChecks } from '#shared/kinds/pdsa-cycle/preflight.ts'
import { Icon } from '../../ui/Icon.tsx'
import { usePage } from './page.ts'
import { StartDo } from './StartDo.tsx'

/** What a plan should have before Do, checked while it is written; each thing missing leads to where it is written. */
export function Preflight(): JSX.Element {
  const { model, network } = usePage()
  const checks = createMemo(() => preflightChecks(model(), network.identifierGuard.schoolDomains))
  const missing = () => checks().filter(({ problems }) => problems.length > 0).length
  return (
    <section class="part preflight" aria-labelledby="preflight">
      <h3 id="preflight" class="part-head">
        Before Do
      </h3>
      <p class="hint" role="status">
        {missing() === 0
          ? 'Everything is there.'
          : 'You may go on with something missing, and say why. It is kept with the cycle.'}
      </p>
      <ul class="checks">
        <Index each={checks()}>{(check) => <CheckLine check={check()} />}</Index>
      </ul>
      <StartDo problems={checks().flatMap(({ problems }) => problems)} />
    </section>
  )
}

function CheckLine(props: { check: Check }): JSX.Element {
  const { goTo } = usePage()
  const isMet = () => props.check.problems.length === 0
  return (
    <li classList={{ 'is-met': isMet() }}>
      <span class="check-mark" aria-hidden="true">
        <Show when={isMet()}>
          <Icon name="check" />
        </Show>
      </span>
      <span class="check-label">
        <span class="visually-hidden">{isMet() ? 'Yes: ' : 'Not yet: '}</span>
        {props.check.label}
      </span>
      <Show when={!isMet()}>
        <ul class="check-problems">
          <Index each={props.check.problems}>
            {(problem) => (
              <li>
                <Show when={problem().part} fallback={problem().message}>
                  {(part) => (
                    <button type="button" class="link-button" onClick={() => goTo(part())}>
                      {problem().message}
                    </button>
                  )}
                </Show>
              </li>
            )}
          </Index>
        </ul>
      </Show>
    </li>
  )
}
