import type { Decision } from '#shared/kinds/pdsa-cycle/model.ts'

/** How full the face of a decision is: kept whole, kept in part, let go. All three are drawn with the same weight. */
const faces: Readonly<Record<Decision, string>> = {
  adopt: 'M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1z',
  adapt: 'M6 6V2a4 4 0 1 1-4 4z',
  abandon: 'M3.6 3.6l4.8 4.8M8.4 3.6 3.6 8.4',
}

export function DecisionGlyph(props: { decision: Decision }) {
  return (
    <svg
      class="glyph"
      viewBox="0 0 12 12"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      stroke-width="1.3"
    >
      <circle cx="6" cy="6" r="4.8" />
      <path
        d={faces[props.decision]}
        fill={props.decision === 'abandon' ? 'none' : 'currentColor'}
        stroke={props.decision === 'abandon' ? 'currentColor' : 'none'}
      />
    </svg>
  )
}
