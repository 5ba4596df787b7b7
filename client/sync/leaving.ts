/** Has the browser ask before the page closes while `mustAsk` says so. Returns the release. */
export function askBeforeLeaving(mustAsk: () => boolean): () => void {
  const onLeave = (event: BeforeUnloadEvent) => {
    if (mustAsk()) event.preventDefault()
  }
  window.addEventListener('beforeunload', onLeave)
  return () => window.removeEventListener('beforeunload', onLeave)
}
