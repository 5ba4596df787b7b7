import type { OpenDocument } from './open-document.ts'

/** So long after the last key someone counts as writing. */
const writingFor = 2_000

/** Tells the others that this person is writing, while keys keep coming. */
export interface Writing {
  key(): void
  rest(): void
}

export function createWriting(open: Pick<OpenDocument, 'announce'>): Writing {
  let resting: ReturnType<typeof setTimeout> | undefined

  function rest(): void {
    if (resting === undefined) return
    clearTimeout(resting)
    resting = undefined
    open.announce({ writing: false })
  }

  return {
    key() {
      clearTimeout(resting)
      resting = setTimeout(rest, writingFor)
      open.announce({ writing: true })
    },
    rest,
  }
}
