import { For, type JSX, Show } from 'solid-js'
import { isResting } from '#shared/kinds/pdsa-cycle/stages.ts'
import { stageNames } from '#shared/kinds/pdsa-cycle/words.ts'
import { createNow } from '../../clock.ts'
import { whenOfStage } from './gist.ts'
import { usePage } from './page.ts'
import { type PageStage, pageStageNames, pageStages } from './parts.ts'

export interface StageListProps {
  here: PageStage | 'closed'
  onGo: (stage: PageStage) => void
  /** What stands below the list. */
  children?: JSX.Element
}

/** The four stages as the line through the cycle: what is done, where it stands, what is next. */
export function StageList(props: StageListProps): JSX.Element {
  const { model, records, stage, network } = usePage()
  const now = createNow()
  const at = () => (props.here === 'closed' ? pageStages.length : pageStages.indexOf(props.here))
  const words = (each: PageStage) => {
    const index = pageStages.indexOf(each)
    const when = whenOfStage(each, model(), records(), { now: now(), zone: network })
    if (index === at() && isResting(stage())) return stageNames[stage()].toLowerCase()
    if (index === at()) return when || 'now'
    return index === at() + 1 ? 'next' : index < at() ? when : ''
  }
  return (
    <nav class="stages no-print" aria-label="Stages">
      <ol>
        <For each={pageStages}>
          {(each, index) => (
            <li class={each} classList={{ 'is-done': index() < at(), 'is-here': index() === at() }}>
              <a
                href={`#stage-${each}`}
                aria-current={index() === at() ? 'step' : undefined}
                onClick={(event) => {
                  event.preventDefault()
                  props.onGo(each)
                }}
              >
                {pageStageNames[each]}
              </a>
              <Show when={words(each)}>{(said) => <span class="label">{said()}</span>}</Show>
            </li>
          )}
        </For>
      </ol>
      {props.children}
    </nav>
  )
}
