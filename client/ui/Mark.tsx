import type { JSX } from 'solid-js'

/** The mark: the through-line, with one station reached. */
export function Mark(props: { large?: boolean }): JSX.Element {
  return (
    <svg
      width={props.large ? 72 : 36}
      height={props.large ? 32 : 16}
      viewBox="0 0 36 16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      aria-hidden="true"
    >
      <path d="M0 8h4.5M9.5 8h5M21.5 8h5M31.5 8H36" />
      <circle cx="7" cy="8" r="2.5" />
      <circle cx="18" cy="8" r="3.5" fill="currentColor" stroke="none" />
      <circle cx="29" cy="8" r="2.5" />
    </svg>
  )
}
