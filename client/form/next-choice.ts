/** The choice that a key leads to; undefined for a key that leads nowhere. With nothing chosen the first is where one is. */
export function nextChoice(key: string, at: number, count: number): number | undefined {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key]
  if (step === undefined || count === 0) return undefined
  return (Math.max(0, at) + step + count) % count
}
