import type * as Y from 'yjs'
import { plainEdit } from '../edit.ts'
import type { Action } from '../kind.ts'
import { oneOf } from '../roots.ts'
import { addCard, restoreCard } from './edits.ts'
import {
  aimId,
  type Card,
  cardMap,
  columnNames,
  type Diagram,
  type Link,
  type LinkChange,
  linkChanges,
  linkEnds,
  longestTitle,
  mayLink,
} from './model.ts'
import { whyNot } from './relations.ts'
import { type Revision, reviseLink, withdrawRevision } from './revisions.ts'

/**
 * What other documents and programs may ask of a driver diagram, by name. Arguments come as unknown data: whatever does not
 * fit is said in a sentence, and nothing is done.
 *
 *   add-idea           { id, title, under? }   a change idea under a driver; without `under` one that leads nowhere yet
 *   revise-link        { link, change, to?, cycle, why, label }   what a cycle learned of the link that it tested
 *   withdraw-revision  { link, cycle }         takes that back, as far as it still stands
 *
 * Each may be asked for twice and does the same as once: whoever got no answer asks again.
 */
export const diagramActions: Readonly<Record<string, Action<Diagram>>> = {
  'add-idea': {
    problems: (diagram, args) => problemsOf(readNewIdea(args), (idea) => ideaProblems(diagram, idea)),
    sentence: (diagram, args) => {
      const { title, under } = known(readNewIdea(args))
      const place = under === undefined ? '' : ` under ${titleOf(diagram, under)}`
      return `Add the change idea “${title}”${place}.`
    },
    part: (args) => fitting(readNewIdea(args))?.under ?? fitting(readNewIdea(args))?.id,
    edit: (doc, args) => addIdea(doc, known(readNewIdea(args))),
  },
  'revise-link': {
    problems: (diagram, args) =>
      problemsOf(readRevision(args), (revision) => revisionProblems(diagram, revision)),
    sentence: (diagram, args) => revisionSentence(diagram, known(readRevision(args))),
    part: (args) => ideaOf(fitting(readRevision(args))?.link),
    edit: (doc, args) => reviseLink(plainEdit(doc), doc, known(readRevision(args))),
  },
  'withdraw-revision': {
    problems: (_, args) => problemsOf(readWithdrawal(args), () => []),
    sentence: (diagram, args) =>
      `Take back what the cycle changed: ${linkInWords(diagram, known(readWithdrawal(args)).link)}.`,
    part: (args) => ideaOf(fitting(readWithdrawal(args))?.link),
    edit: (doc, args) => {
      const { link, cycle } = known(readWithdrawal(args))
      withdrawRevision(plainEdit(doc), doc, link, cycle)
    },
  },
}

interface NewIdea {
  readonly id: string
  readonly title: string
  /** The driver that it leads to. */
  readonly under?: string
}

function ideaProblems(diagram: Diagram, { id, under }: NewIdea): readonly string[] {
  const there = cardOf(diagram, id)
  if (there !== undefined && there.column !== 'idea')
    return ['There is another card with this id in the diagram.']
  if (under === undefined) return []
  const driver = cardOf(diagram, under)
  if (driver === undefined) return ['The driver that the idea should lead to is no longer in the diagram.']
  return mayLink('idea', driver.column) ? [] : [whyNot('idea', driver.column)]
}

function addIdea(doc: Y.Doc, { id, title, under }: NewIdea): void {
  const edit = plainEdit(doc)
  if (cardMap(doc, id) !== undefined) restoreCard(edit, doc, id)
  else addCard(edit, doc, { id, column: 'idea', title, ...(under === undefined ? {} : { parent: under }) })
}

function revisionProblems(diagram: Diagram, revision: Revision): readonly string[] {
  const idea = cardOf(diagram, ideaOf(revision.link) ?? '')
  if (idea === undefined) return ['The change idea is no longer in the diagram.']
  const link = diagram.links.find(({ id }) => id === revision.link)
  if (link === undefined && !diagram.links.some((other) => isInsteadOf(other, revision)))
    return [`${linkInWords(diagram, revision.link)}: this link is no longer in the diagram.`]
  return revision.change === 'redraw' ? redrawProblems(diagram, revision, idea) : []
}

/** The same cycle redrew the link before: this one stands in its place, and gives way to what is asked now. */
const isInsteadOf = ({ from, evidence }: Link, { link, cycle }: Revision): boolean =>
  from === ideaOf(link) && evidence.some(({ id, change }) => id === cycle && change === 'redraw')

function redrawProblems(diagram: Diagram, { link, to }: Revision, idea: Card): readonly string[] {
  if (to === undefined) return ['Name the driver that the idea leads to instead.']
  const driver = cardOf(diagram, to)
  if (driver === undefined)
    return ['The driver that the idea should lead to instead is no longer in the diagram.']
  if (!mayLink(idea.column, driver.column)) return [whyNot(idea.column, driver.column)]
  return linkEnds(link)?.to === to ? ['The idea leads to that driver already: choose another one.'] : []
}

function revisionSentence(diagram: Diagram, { link, change, to, label, why }: Revision): string {
  const said = {
    strengthen: `${label}: strengthen the link ${linkInWords(diagram, link)}.`,
    weaken: `${label}: weaken the link ${linkInWords(diagram, link)}.`,
    redraw: `${label}: let ${titleOf(diagram, ideaOf(link) ?? '')} lead to ${titleOf(diagram, to ?? '')} instead of ${titleOf(diagram, linkEnds(link)?.to ?? '')}.`,
  } satisfies Record<LinkChange, string>
  return why === '' ? said[change] : `${said[change]} ${why}`
}

/* Arguments, read from unknown data: what they say, or what is wrong with them. */

type Read<T> = { readonly value: T } | { readonly wrong: string }

const longestId = 64
const longestLabel = 300
const longestWhy = 20_000

function readNewIdea(args: unknown): Read<NewIdea> {
  const { id, title, under } = fieldsOf(args)
  if (!isId(id)) return { wrong: 'The new idea is named by an id.' }
  if (typeof title !== 'string' || title.trim() === '')
    return { wrong: 'Say the change idea in a few words.' }
  if (title.trim().length > longestTitle)
    return { wrong: `A change idea has at most ${longestTitle} characters.` }
  if (under === undefined) return { value: { id, title: title.trim() } }
  return isId(under)
    ? { value: { id, title: title.trim(), under } }
    : { wrong: 'The driver is named by its id.' }
}

function readRevision(args: unknown): Read<Revision> {
  const { change, to, why = '', label } = fieldsOf(args)
  const place = readWithdrawal(args)
  if ('wrong' in place) return place
  const asked = oneOf(linkChanges, change)
  if (asked === undefined) return { wrong: `What happens to the link is one of: ${linkChanges.join(', ')}.` }
  if (typeof why !== 'string' || why.length > longestWhy)
    return { wrong: `Why is a text of at most ${longestWhy} characters.` }
  if (typeof label !== 'string' || label.trim() === '' || label.length > longestLabel)
    return { wrong: `The label says which cycle it is, in at most ${longestLabel} characters.` }
  const said = { ...place.value, change: asked, why: why.trim(), label: label.trim() }
  if (to === undefined) return { value: said }
  return isId(to) ? { value: { ...said, to } } : { wrong: 'The driver is named by its id.' }
}

function readWithdrawal(args: unknown): Read<Pick<Revision, 'link' | 'cycle'>> {
  const { link, cycle } = fieldsOf(args)
  if (!isLinkId(link)) return { wrong: 'The link is named by its id, `idea>driver`.' }
  if (!isId(cycle)) return { wrong: 'The cycle is named by its document’s id.' }
  return { value: { link, cycle } }
}

function problemsOf<T>(args: Read<T>, further: (value: T) => readonly string[]): readonly string[] {
  return 'wrong' in args ? [args.wrong] : further(args.value)
}

const fitting = <T>(args: Read<T>): T | undefined => ('value' in args ? args.value : undefined)

/** Of arguments that were looked at before. */
function known<T>(args: Read<T>): T {
  if ('wrong' in args) throw new Error(args.wrong)
  return args.value
}

const fieldsOf = (args: unknown): Readonly<Record<string, unknown>> =>
  typeof args === 'object' && args !== null ? { ...args } : {}

/** As ids of cards and of documents are: nothing in them that means something in the diagram's keys. */
const isId = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= longestId && /^[^>|\s]+$/.test(value)

const isLinkId = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 2 * longestId + 1 && linkEnds(value) !== undefined

/* How things are called. */

const cardOf = (diagram: Diagram, id: string): Card | undefined =>
  diagram.cards.find((card) => card.id === id)

const ideaOf = (link: string | undefined): string | undefined =>
  link === undefined ? undefined : linkEnds(link)?.from

function titleOf(diagram: Diagram, id: string): string {
  if (id === aimId) return 'the aim'
  const title = cardOf(diagram, id)?.title.trim()
  return title ? `“${title}”` : `a ${columnNames[cardOf(diagram, id)?.column ?? 'idea'].one.toLowerCase()}`
}

const linkInWords = (diagram: Diagram, link: string): string => {
  const ends = linkEnds(link)
  return `${titleOf(diagram, ends?.from ?? '')} → ${titleOf(diagram, ends?.to ?? '')}`
}
