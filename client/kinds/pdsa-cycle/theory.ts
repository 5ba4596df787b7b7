import type { TheoryChange } from '#shared/kinds/pdsa-cycle/model.ts'

/**
 * What a cycle needs to know of the diagram on which it stands: the links that lead from its idea, where else the idea
 * could lead, and what this cycle has already said of them. The diagram is another kind's document, so it is read here
 * from what the server answers, as data of which nothing is taken for granted.
 */
export interface IdeaTheory {
  /** Undefined where the idea is no longer on the diagram. */
  readonly idea?: Driver
  /** From the idea to drivers. */
  readonly links: readonly TheoryLink[]
  /** The drivers that the idea does not lead to yet. */
  readonly others: readonly Driver[]
}

export interface Driver {
  readonly id: string
  readonly title: string
}

export interface TheoryLink {
  /** `idea>driver` */
  readonly id: string
  readonly driver: Driver
  readonly strength: 'strong' | 'weak'
  /** Cycles that revised it, and what each of them did. */
  readonly revisions: readonly Revision[]
}

export interface Revision {
  readonly cycle: string
  readonly change: Exclude<TheoryChange, 'leave'>
}

/** What a cycle changed of the theory, as far as it still stands. */
export function revisionBy(
  theory: IdeaTheory,
  cycle: string,
): { readonly link: TheoryLink; readonly change: Revision['change'] } | undefined {
  for (const link of theory.links) {
    const found = link.revisions.find((revision) => revision.cycle === cycle)
    if (found !== undefined) return { link, change: found.change }
  }
  return undefined
}

/** Reads a diagram's content as `GET /api/documents/:id/content` answers it. Never throws. */
export function readTheory(model: unknown, idea: string): IdeaTheory {
  const cards = listOf(model, 'cards').flatMap(cardOf)
  const found = cards.find(({ id }) => id === idea)
  if (found === undefined) return { links: [], others: [] }
  const drivers = cards.filter(({ column }) => column === 'primary' || column === 'secondary')
  const links = listOf(model, 'links').flatMap((link) => linkOf(link, idea, drivers))
  return {
    idea: { id: found.id, title: found.title },
    links,
    others: drivers
      .filter(({ id }) => !links.some(({ driver }) => driver.id === id))
      .map(({ id, title }) => ({ id, title })),
  }
}

interface Card extends Driver {
  readonly column: string
}

function cardOf(value: unknown): readonly Card[] {
  const id = field(value, 'id')
  const title = field(value, 'title')
  const column = field(value, 'column')
  if (typeof id !== 'string' || typeof title !== 'string' || typeof column !== 'string') return []
  return [{ id, title: title.trim() === '' ? 'Untitled' : title, column }]
}

function linkOf(value: unknown, idea: string, drivers: readonly Card[]): readonly TheoryLink[] {
  const id = field(value, 'id')
  const driver = drivers.find((card) => card.id === field(value, 'to'))
  if (typeof id !== 'string' || field(value, 'from') !== idea || driver === undefined) return []
  return [
    {
      id,
      driver: { id: driver.id, title: driver.title },
      strength: field(value, 'strength') === 'weak' ? 'weak' : 'strong',
      revisions: listOf(value, 'evidence').flatMap(revisionOf),
    },
  ]
}

function revisionOf(value: unknown): readonly Revision[] {
  const cycle = field(value, 'documentId')
  const change = (['strengthen', 'weaken', 'redraw'] as const).find((each) => each === field(value, 'change'))
  return typeof cycle === 'string' && change !== undefined ? [{ cycle, change }] : []
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined

function listOf(value: unknown, name: string): readonly unknown[] {
  const list = field(value, name)
  return Array.isArray(list) ? list : []
}
