/** A ramp of three cycles in a few strokes, for lists and templates. */
export function Picture() {
  return (
    <svg
      class="kind-picture"
      viewBox="0 0 64 40"
      fill="none"
      stroke="currentColor"
      stroke-width="1.25"
      aria-hidden="true"
    >
      <path d="M4 34C14 34 14 22 24 22S34 10 44 10h16" opacity="0.6" />
      <circle cx="10" cy="33" r="4" fill="var(--paper)" stroke="var(--plan)" stroke-width="2" />
      <circle cx="26" cy="22" r="4" fill="var(--paper)" stroke="var(--do)" stroke-width="2" />
      <circle cx="44" cy="10" r="4" fill="var(--paper)" stroke="var(--study)" stroke-width="2" />
    </svg>
  )
}
