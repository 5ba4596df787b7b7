let hasNavigated = false

/** Puts the keyboard and the screen reader at the page's content. */
export function focusMain(): void {
  document.getElementById('main')?.focus({ preventScroll: true })
}

/** Someone went to another page of ours: it is read from its content. */
export function followNavigation(): void {
  hasNavigated = true
  requestAnimationFrame(focusMain)
}

/** A page that came only after its data did: takes the focus if it was lost with what stood there before. */
export function takeLostFocus(): void {
  if (hasNavigated && document.activeElement === document.body) focusMain()
}
