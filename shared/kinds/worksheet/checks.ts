import type { PlacedFact } from '../../fact.ts'
import type { Station } from '../kind.ts'
import type { CheckName, Column, SectionShape, TableRow } from './model.ts'

/*
 * What the product can say beside a section out of what is there already. Nothing here is a score: a finding says what is
 * there, or what could be begun.
 */

export interface WorkspaceDocument {
  readonly id: string
  readonly title: string
  /** Where documents of its kind stand on the through-line. */
  readonly station: Station
  readonly teamId?: string
  /** Whether the whole network may read it. */
  readonly shared: boolean
}

/** What the reader may see of the network, as of a worksheet's place in it. */
export interface Workspace {
  /** The team whose worksheet it is; absent for the network's, which looks at all teams. */
  readonly teamId?: string
  readonly documents: readonly WorkspaceDocument[]
  readonly facts: readonly PlacedFact[]
}

export interface Finding {
  readonly isThere: boolean
  readonly sentence: string
  /** Documents to look at, the first ones of those meant. */
  readonly documents: readonly { readonly id: string; readonly title: string }[]
}

/** What can be said beside a section: nothing for one without a check, or whose check is drawn (`clock.ts`). */
export function checkSection(section: SectionShape, workspace: Workspace): readonly Finding[] {
  if (section.check === undefined) return []
  return checks[section.check](withinReach(workspace), section)
}

type Check = (workspace: Workspace, section: SectionShape) => readonly Finding[]

const checks: Readonly<Record<CheckName, Check>> = {
  voices: (workspace) => [checkVoices(workspace)],
  variation: (workspace) => [checkVariation(workspace)],
  system: (workspace) => [checkSystem(workspace)],
  measures: (workspace) => [checkMeasures(workspace)],
  inquiry: (workspace) => [checkInquiry(workspace)],
  exchange: (workspace) => [checkExchange(workspace)],
  owners: (_, section) => (section.type === 'table' ? [checkOwners(section.columns, section.rows)] : []),
  signatures: (_, section) =>
    section.type === 'table' ? [checkSignatures(section.columns, section.rows)] : [],
  elapsed: () => [],
}

/** The facts that checks read, by their names; a check that is not here reads the section itself. */
const factsRead: { readonly [Name in CheckName]?: readonly string[] } = {
  voices: ['voices'],
  variation: [],
  system: [],
  measures: ['measure-type'],
  inquiry: ['cycle'],
  exchange: ['cycle'],
}

/** Whether a check looks beyond its own section. */
export const readsWorkspace = (check: CheckName): boolean => factsRead[check] !== undefined

/** The names of the facts that the checks of these sections read. */
export const factsFor = (sections: readonly { readonly check?: CheckName }[]): readonly string[] => [
  ...new Set(sections.flatMap(({ check }) => (check === undefined ? [] : (factsRead[check] ?? [])))),
]

/** A team looks at its own documents and the network's. */
function withinReach({ teamId, documents, facts }: Workspace): Workspace {
  if (teamId === undefined) return { documents, facts }
  const isNear = (each: { readonly teamId?: string }) => each.teamId === undefined || each.teamId === teamId
  return { teamId, documents: documents.filter(isNear), facts: facts.filter(isNear) }
}

const fewVoices = 3

function checkVoices({ facts, documents }: Workspace): Finding {
  const heard = facts.filter(({ name, value }) => name === 'voices' && typeof value === 'number' && value > 0)
  const voices = heard.reduce((sum, { value }) => sum + Number(value), 0)
  const found = named(documents, heard)
  if (voices >= fewVoices)
    return there(`${counted(voices, 'voice')} in ${counted(heard.length, 'go-and-see note')}.`, found)
  if (voices === 0)
    return missing('No voices yet. Three conversations, written down in a go-and-see note, are a beginning.')
  return missing(
    `${counted(voices, 'voice')} so far. With three you begin to hear what they have in common.`,
    found,
  )
}

function checkVariation({ documents }: Workspace): Finding {
  const measures = at(documents, 'measure')
  if (measures.length === 0)
    return missing('No measures yet. A measure that several teams report shows who gets different results.')
  return there(`${counted(measures.length, 'measure')} can be compared between teams.`, measures)
}

function checkSystem({ documents }: Workspace): Finding {
  const diagrams = at(documents, 'driver')
  const shared = diagrams.filter((document) => document.shared)
  if (diagrams.length === 0) return missing('No driver diagram yet. Draw what you think leads to what.')
  if (shared.length === 0)
    return missing(
      'Your driver diagram is still a draft. Share it, so that others can question it.',
      diagrams,
    )
  return there(
    shared.length === 1
      ? 'Everyone in the network can read the driver diagram.'
      : `Everyone in the network can read ${shared.length} driver diagrams.`,
    shared,
  )
}

const measureTypes = ['outcome', 'process', 'balancing'] as const

function checkMeasures({ documents, facts }: Workspace): Finding {
  const typed = facts.filter(({ name }) => name === 'measure-type')
  if (typed.length === 0)
    return missing(
      'No measures yet. You need one for the outcome, one for the process, one for what must not get worse.',
    )
  const found = named(documents, typed)
  const without = measureTypes.filter((type) => !typed.some(({ value }) => value === type))
  if (without.length === 0) return there('There are outcome, process and balancing measures.', found)
  return missing(`Still without a measure: ${listed(without)}.`, found)
}

function checkInquiry({ documents, facts }: Workspace): Finding {
  const cycles = cyclesIn(facts)
  const open = cycles.filter(({ isOpen }) => isOpen)
  const sealed = open.filter(({ isSealed }) => isSealed)
  if (cycles.length === 0)
    return missing('No cycle yet. Test one idea with one person, and write first what you expect.')
  if (open.length === 0)
    return missing(
      `${counted(cycles.length, 'cycle is', 'cycles are')} finished, none is under way.`,
      named(documents, cycles),
    )
  if (sealed.length === 0)
    return missing(
      `${counted(open.length, 'cycle')} under way, no prediction sealed yet.`,
      named(documents, open),
    )
  return there(
    `${counted(open.length, 'cycle')} under way, ${sealed.length} with a sealed prediction.`,
    named(documents, sealed),
  )
}

function checkExchange({ teamId, documents, facts }: Workspace): Finding {
  const isOwn = (each: { readonly teamId?: string }) => teamId === undefined || each.teamId === teamId
  const taken = cyclesIn(facts.filter(isOwn)).filter(({ isCloned }) => isCloned)
  const offered = at(documents, 'cycle').filter((document) => document.shared && isOwn(document))
  if (taken.length + offered.length === 0)
    return missing(
      'No plan was taken over and no cycle is shared yet. Another team can take up a plan that it can read.',
    )
  const said = [
    ...(taken.length > 0 ? [`${counted(taken.length, 'plan')} taken over from others`] : []),
    ...(offered.length > 0 ? [`${counted(offered.length, 'cycle')} shared with them`] : []),
  ]
  return there(`${said.join(', ')}.`, taken.length > 0 ? named(documents, taken) : offered)
}

function checkOwners(columns: readonly Column[], rows: readonly TableRow[]): Finding {
  const label = Math.max(
    0,
    columns.findIndex(({ holds }) => holds === 'label'),
  )
  const owner = columns.findIndex(({ holds }) => holds === undefined)
  const asked = rows.filter(({ cells }) => cells[label]?.trim())
  const without = asked.filter(({ cells }) => !cells[owner]?.trim())
  if (asked.length > 0 && without.length === 0)
    return there(`All ${asked.length} have someone who looks after them.`)
  if (without.length === asked.length)
    return missing('Nobody is named yet. One owner for each is enough, several are fine.')
  return missing(
    `Nobody yet for: ${listed(without.map(({ cells }) => (cells[label] ?? '').trim().toLowerCase()))}.`,
  )
}

function checkSignatures(columns: readonly Column[], rows: readonly TableRow[]): Finding {
  const date = columns.findIndex(({ holds }) => holds === 'date')
  const asked = rows.filter(({ cells }) => cells[0]?.trim())
  const signed = asked.filter(({ cells }) => cells[date] !== '')
  if (asked.length === 0)
    return missing('Nobody is listed yet. Begin with those who must be there from the onset.')
  const sentence = `${signed.length} of ${asked.length} have signed on.`
  return signed.length === asked.length ? there(sentence) : missing(sentence)
}

/** What a cycle says of itself, as far as it matters here. */
interface CycleSaid {
  readonly documentId: string
  readonly isOpen: boolean
  readonly isSealed: boolean
  readonly isCloned: boolean
}

const cyclesIn = (facts: readonly PlacedFact[]): readonly CycleSaid[] =>
  facts.flatMap(({ name, documentId, value }) => (name === 'cycle' ? readCycle(documentId, value) : []))

/** A cycle's fact is JSON; what cannot be read says nothing. */
function readCycle(documentId: string, value: PlacedFact['value']): CycleSaid[] {
  try {
    const cycle: unknown = JSON.parse(String(value))
    if (typeof cycle !== 'object' || cycle === null) return []
    const { stage, questions, clonedFrom } = cycle as Readonly<Record<string, unknown>>
    const isSealed = Array.isArray(questions) && questions.some((question) => question?.sealed === true)
    return [{ documentId, isOpen: stage !== 'closed', isSealed, isCloned: typeof clonedFrom === 'string' }]
  } catch {
    return []
  }
}

const there = (sentence: string, documents: readonly WorkspaceDocument[] = []): Finding => ({
  isThere: true,
  sentence,
  documents: documents.slice(0, mostNamed),
})

const missing = (sentence: string, documents: readonly WorkspaceDocument[] = []): Finding => ({
  ...there(sentence, documents),
  isThere: false,
})

const mostNamed = 3

const at = (documents: readonly WorkspaceDocument[], station: Station): readonly WorkspaceDocument[] =>
  documents.filter((document) => document.station === station)

const named = (
  documents: readonly WorkspaceDocument[],
  facts: readonly { readonly documentId: string }[],
): readonly WorkspaceDocument[] =>
  documents.filter(({ id }) => facts.some(({ documentId }) => documentId === id))

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`

/** "a", "a and b", "a, b and c". */
const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
