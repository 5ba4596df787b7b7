import type { AuthoredPassage, Authors } from '#shared/history.ts'
import type { Person } from '#shared/people.ts'

/** Someone who wrote in a passage, and when last; nobody in particular where the product wrote. */
export interface Writer {
  readonly by?: Person
  readonly at: number
}

/** A passage of the page: its words, and the part that they belong to where their kind says one. */
export interface Passage {
  readonly text: string
  readonly part?: string | undefined
}

/**
 * Who wrote a passage, the last one first: by its words where they stand in the document as they do on the page, otherwise
 * by the part that they belong to. A kind names its parts after the places where their words lie: `objective` is the text
 * `rich/objective`, the card `c1` the item `c1` and the text `notes/c1`.
 */
export function writersOf({ passages, items }: Authors, { text, part }: Passage): readonly Writer[] {
  const own = part === undefined ? passages : passages.filter((passage) => isOf(passage, part))
  const inWords = own.flatMap((passage) => writersIn(passage, text.trim()))
  if (inWords.length > 0) return newestOfEach(inWords)
  if (part === undefined) return []
  const inPart = own.flatMap(({ words }) => words.filter(({ text }) => text.trim() !== ''))
  if (inPart.length > 0) return newestOfEach(inPart)
  return newestOfEach(
    items
      .filter(({ id }) => id === lastSegment(part))
      .map(({ changedBy, changedAt }) => ({ ...(changedBy && { by: changedBy }), at: changedAt })),
  )
}

const isOf = ({ root, item }: AuthoredPassage, part: string): boolean =>
  (item ?? lastSegment(root)) === lastSegment(part)

/** Those who wrote the words that stand where `text` stands in the passage. */
function writersIn({ words }: AuthoredPassage, text: string): readonly Writer[] {
  const begin = words
    .map((each) => each.text)
    .join('')
    .indexOf(text)
  if (text === '' || begin < 0) return []
  let at = 0
  return words.filter((each) => {
    const from = at
    at += each.text.length
    return from < begin + text.length && at > begin && each.text.trim() !== ''
  })
}

function newestOfEach(writers: readonly Writer[]): readonly Writer[] {
  const newest = new Map<string, Writer>()
  for (const { by, at } of writers) {
    const known = newest.get(by?.id ?? '')
    if (known === undefined || known.at < at) newest.set(by?.id ?? '', { ...(by && { by }), at })
  }
  return [...newest.values()].sort((a, b) => b.at - a.at)
}

const lastSegment = (place: string): string => place.slice(place.lastIndexOf('/') + 1)
