import { parseSeed } from '#shared/kinds/driver-diagram/seed.ts'

/** A driver diagram as a person would send it to be created, with words of the length that people write. */
export interface DiagramContent {
  readonly aim: { readonly statement: string }
  readonly cards: readonly CardContent[]
}

interface CardContent {
  readonly id: string
  readonly column: 'primary' | 'secondary' | 'idea'
  readonly title: string
  readonly leadsTo: readonly (string | { readonly to: string; readonly strength: 'weak' })[]
}

export interface DiagramSize {
  /** The aim's included. */
  readonly cards: number
  readonly links: number
}

/** A diagram of exactly this many cards and links: every card leads to one nearer the aim, some to a second or third. */
export function diagramContent({ cards, links }: DiagramSize): DiagramContent {
  const primary = cards < 100 ? 4 : 6
  const secondary = Math.round((cards - 1 - primary) * 0.2)
  const ideas = cards - 1 - primary - secondary
  const column = (
    name: CardContent['column'],
    letter: string,
    count: number,
    to: (index: number) => string,
  ) =>
    Array.from({ length: count }, (_, index) => ({
      id: `${letter}${index}`,
      column: name,
      title: titleOf(index * 7 + letter.charCodeAt(0)),
      leadsTo: [to(index)] as (string | { to: string; strength: 'weak' })[],
    }))
  const secondaryCards = column('secondary', 'S', secondary, (index) => `P${index % primary}`)
  const ideaCards = column('idea', 'C', ideas, (index) => `S${index % secondary}`)
  for (let more = 0; more < links - (cards - 1); more++) {
    const index = (more * 2) % ideas
    const round = 1 + Math.floor((more * 2) / ideas)
    ideaCards[index]?.leadsTo.push({ to: `S${(index + 2 * round) % secondary}`, strength: 'weak' })
  }
  const content = {
    aim: { statement: 'By June 2026, fewer than 12 % of our students miss 18 days of school or more.' },
    cards: [...column('primary', 'P', primary, () => 'aim'), ...secondaryCards, ...ideaCards],
  }
  checkSize(content, { cards, links })
  return content
}

function checkSize(content: DiagramContent, wanted: DiagramSize): void {
  const diagram = parseSeed(content)
  if (diagram.cards.length === wanted.cards && diagram.links.length === wanted.links) return
  throw new Error(`Made ${diagram.cards.length} cards and ${diagram.links.length} links`)
}

const words =
  'families nurse calls home before the second missed day asthma plan breakfast bus route with one trusted adult for each student counselor weekly team looks at names and reasons early'.split(
    ' ',
  )

/** Three to eleven words, the same for the same number. */
function titleOf(number: number): string {
  const length = 3 + ((number * 5) % 9)
  const title = Array.from({ length }, (_, index) => words[(number * 11 + index * 3) % words.length]).join(
    ' ',
  )
  return title.charAt(0).toUpperCase() + title.slice(1)
}
