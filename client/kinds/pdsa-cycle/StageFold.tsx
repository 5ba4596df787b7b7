import { type JSX, Show } from 'solid-js'
import { Icon } from '../../ui/Icon.tsx'
import { type PageStage, pageStageNames } from './parts.ts'
import { StageGlyph } from './StageGlyph.tsx'

export interface StageFoldProps {
  stage: PageStage
  isOpen: boolean
  /** The cycle stands here. */
  isHere: boolean
  /** The stage in one line, for while it is folded. */
  gist: string
  when: string
  onToggle: (isOpen: boolean) => void
  children: JSX.Element
}

/** One stage: folded to a line with its gist, or open. https://www.w3.org/WAI/ARIA/apg/patterns/disclosure/ */
export function StageFold(props: StageFoldProps): JSX.Element {
  return (
    <section
      id={`stage-${props.stage}`}
      class={`fold ${props.stage}`}
      classList={{ 'is-open': props.isOpen, 'is-here': props.isHere }}
      aria-labelledby={`head-${props.stage}`}
    >
      <h2 id={`head-${props.stage}`} class="fold-head">
        <button
          type="button"
          aria-expanded={props.isOpen}
          aria-controls={`body-${props.stage}`}
          onClick={() => props.onToggle(!props.isOpen)}
        >
          <span class="stage">
            <StageGlyph stage={props.stage} />
            {pageStageNames[props.stage]}
          </span>
          <span class="gist" classList={{ faint: !props.isHere }}>
            <Show when={!props.isOpen}>{props.gist}</Show>
          </span>
          <Show when={props.when}>
            <span class="label when">{props.when}</span>
          </Show>
          <Icon name={props.isOpen ? 'up' : 'down'} />
        </button>
      </h2>
      <div id={`body-${props.stage}`} class="fold-body" hidden={!props.isOpen}>
        {/* Not drawn before it is opened: forty fields cost nothing while nobody looks at them. */}
        <Show when={props.isOpen}>{props.children}</Show>
      </div>
    </section>
  )
}
