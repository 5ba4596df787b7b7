import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { kindFiles } from '#shared/kinds/files.ts'
import { kindNames, kinds } from '#shared/kinds/index.ts'
import type { Records } from '#shared/records.ts'
import type { Commit, ReadLive } from '../documents/live.ts'
import { known, localTime, type SampleClock, type SampleNetwork, timeIn } from './network.ts'
import type { Person, SamplePeople } from './people.ts'

/**
 * What the teams of the sample network did, played again at its dates through the doors that everybody uses: documents are
 * started, steps are taken and answers are given over HTTP by the people themselves, and what they wrote goes into the live
 * documents. So a seal of the sample is a seal like any other.
 */
export interface PlayDeps {
  readonly network: SampleNetwork
  readonly people: SamplePeople
  readonly clock: SampleClock
  readonly readLive: ReadLive
  readonly commit: Commit
  /** Where its data lies: `templates/sample`. */
  readonly folder: string
}

const moment = { at: localTime, by: v.string() }

const happening = v.union([
  v.object({
    ...moment,
    step: v.string(),
    reason: v.optional(v.string()),
    /** Private answers that were given before it, each to a part: a path into the document's model, `questions/0`. */
    forecasts: v.optional(v.array(v.object({ by: v.string(), part: v.string(), value: v.number() })), []),
  }),
  v.object({ ...moment, write: v.record(v.string(), v.unknown()) }),
  /** Accepts what waits at the document that this one stands on. */
  v.object({ ...moment, accepts: v.literal(true) }),
])

const historySchema = v.object({
  kind: v.picklist(kindNames),
  ramps: v.array(
    v.object({
      team: v.string(),
      /** The part that the first one is started from: a document's title and the label of a part of it. */
      on: v.object({ document: v.string(), part: v.string() }),
      /** The title of the document whose plan the first one is a copy of. */
      copies: v.optional(v.string()),
      isDraft: v.optional(v.boolean(), false),
      /** The first is started; each further one is what the one before it opened. */
      documents: v.array(
        v.object({
          ...moment,
          title: v.string(),
          plan: v.record(v.string(), v.unknown()),
          history: v.array(happening),
        }),
      ),
    }),
  ),
})

type History = v.InferOutput<typeof historySchema>
type Ramp = History['ramps'][number]
type Happening = v.InferOutput<typeof happening>

/** Plays one file of the sample's folder. */
export async function playSample(deps: PlayDeps, file: string): Promise<void> {
  const history = v.parse(historySchema, JSON.parse(readFileSync(join(deps.folder, file), 'utf8')))
  const titles = new Map(deps.network.documents)
  for (const ramp of inOrder(history.ramps)) await playRamp(deps, history.kind, ramp, titles)
}

/** As they began; a copy comes after what it is a copy of. */
const inOrder = (ramps: readonly Ramp[]): readonly Ramp[] =>
  [...ramps].sort((a, b) => (a.documents[0]?.at ?? '').localeCompare(b.documents[0]?.at ?? ''))

async function playRamp(
  deps: PlayDeps,
  kind: History['kind'],
  ramp: Ramp,
  titles: Map<string, string>,
): Promise<void> {
  const origin = await findOrigin(deps, known(titles, ramp.on.document), ramp.on.part)
  const fill = (value: unknown): unknown => JSON.parse(filled(JSON.stringify(value), origin))
  let opened: string | undefined
  for (const { at, by, title, plan, history } of ramp.documents) {
    const person = await deps.people.signIn(by)
    setClock(deps, at)
    const id = opened ?? (await begin(deps, kind, ramp, person, { title, origin, titles }))
    titles.set(title, id)
    await person.put(`/api/documents/${id}`, { title, ...(!ramp.isDraft && { shared: true }) })
    await write(deps, kind, id, person, fill(plan))
    opened = undefined
    for (const each of history) {
      setClock(deps, each.at)
      opened = (await happen(deps, kind, id, origin, each, fill)) ?? opened
    }
  }
}

const setClock = ({ clock, network }: PlayDeps, local: string): void =>
  clock.set(timeIn(network.timeZone)(local))

async function begin(
  { network }: PlayDeps,
  kind: string,
  ramp: Ramp,
  person: Person,
  {
    title,
    origin,
    titles,
  }: { readonly title: string; readonly origin: PlacedPart; readonly titles: ReadonlyMap<string, string> },
): Promise<string> {
  const team = known(network.teams, ramp.team)
  const answer =
    ramp.copies === undefined
      ? await person.post(`/api/networks/${network.id}/documents`, {
          kind,
          title,
          team,
          on: { documentId: origin.documentId, part: origin.part },
        })
      : await person.post(`/api/documents/${known(titles, ramp.copies)}/copies`, { title, team })
  return (answer as { readonly id: string }).id
}

/** Answers the document that a step opened. */
async function happen(
  deps: PlayDeps,
  kind: History['kind'],
  documentId: string,
  origin: PlacedPart,
  each: Happening,
  fill: (value: unknown) => unknown,
): Promise<string | undefined> {
  const person = await deps.people.signIn(each.by)
  if ('write' in each) {
    await write(deps, kind, documentId, person, fill(each.write))
    return undefined
  }
  if ('accepts' in each) {
    const read = await person.get(`/api/documents/${origin.documentId}/records`)
    const { proposals = [] } = (read as { readonly records: Records }).records
    for (const { id } of proposals) await person.post(`/api/proposals/${id}/decision`, { accept: true })
    return undefined
  }
  for (const forecast of each.forecasts) await answerBallot(deps, documentId, forecast)
  const answer = await person.post(`/api/documents/${documentId}/transitions`, {
    name: each.step,
    // What is missing is passed over only where the data say why.
    ...(each.reason !== undefined && { reason: each.reason, goOn: true }),
  })
  return (answer as { readonly opened: readonly string[] }).opened[0]
}

async function answerBallot(
  { people }: PlayDeps,
  documentId: string,
  { by, part, value }: { readonly by: string; readonly part: string; readonly value: number },
): Promise<void> {
  const person = await people.signIn(by)
  const { model } = (await person.get(`/api/documents/${documentId}/content`)) as { readonly model: unknown }
  const at = part.split('/').reduce((within, step) => (within as Record<string, unknown>)[step], model)
  const { id } = at as { readonly id: string }
  await person.put(`/api/documents/${documentId}/ballots/${id}`, { value })
}

async function write(
  { commit, network }: PlayDeps,
  kind: History['kind'],
  documentId: string,
  { accountId }: Person,
  act: unknown,
): Promise<void> {
  await commit([documentId], () => ({
    edits: [{ documentId, edit: (doc) => kindFiles[kind].writeSample?.(doc, act, timeIn(network.timeZone)) }],
    statements: [],
    author: accountId,
    via: 'system',
    answer: undefined,
  }))
}

interface PlacedPart {
  readonly documentId: string
  readonly part: string
  /** The piece before it on the way from the aim. */
  readonly before: string
}

/** What a file cannot know: the ids of the part that a ramp stands on, and of the piece before it. */
const filled = (json: string, { part, before }: PlacedPart): string =>
  json.replaceAll('{part}', part).replaceAll('{before}', before)

/** The part of a document that has this label. */
async function findOrigin(
  { readLive, people }: PlayDeps,
  documentId: string,
  label: string,
): Promise<PlacedPart> {
  const { doc } = await readLive(documentId)
  const kind = kinds[await people.kindOf(documentId)]
  const model: unknown = kind.read(doc)
  doc.destroy()
  const parts = new Set(kind.facts(model, {}).flatMap((fact) => fact.part ?? []))
  for (const part of parts) {
    const way = kind.through?.(model, part) ?? []
    if (way.at(-1)?.label === label) return { documentId, part, before: way.at(-2)?.part ?? '' }
  }
  throw new Error(`The sample has no part “${label}”`)
}
