import type { JSX } from 'solid-js'

/** The first stop of the keyboard on every page. */
export function SkipLink(): JSX.Element {
  // With a target the router leaves it to the browser, which moves the focus too.
  return (
    <a class="skip" href="#main" target="_self">
      Skip to the content
    </a>
  )
}
