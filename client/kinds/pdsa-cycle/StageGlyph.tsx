import type { PageStage } from './parts.ts'

const quarters: Readonly<Record<PageStage, string>> = {
  plan: 'M8 8V1a7 7 0 0 1 7 7z',
  do: 'M8 8h7a7 7 0 0 1-7 7z',
  study: 'M8 8v7a7 7 0 0 1-7-7z',
  act: 'M8 8H1a7 7 0 0 1 7-7z',
}

/** The quarter of the wheel that a stage is: with its word, or the word said beside it. */
export function StageGlyph(props: { stage: PageStage }) {
  return (
    <svg class="stage-glyph" viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" stroke-width="1" opacity="0.55" />
      <path d={quarters[props.stage]} fill="currentColor" />
    </svg>
  )
}
