import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import * as v from 'valibot'
import { newId } from '#shared/ids.ts'
import { roles } from '#shared/network.ts'
import { createAccount } from '../accounts/account.ts'
import type { Passwords } from '../accounts/passwords.ts'
import type { Database } from '../db/database.ts'
import { createDocument } from '../documents/creation.ts'
import type { Access } from '../networks/access.ts'
import { insertMembership, insertNetwork, insertTeam } from '../networks/store.ts'
import type { Projections } from '../projections.ts'
import { readTemplate } from '../templates.ts'

/** The password of everyone in the sample network. */
export const samplePassword = 'three-rivers'

/** The product's clock while the sample is built: what happens in it happened at its time. */
export interface SampleClock {
  now(): number
  set(at: number): void
}

export interface SampleDeps {
  readonly db: Database
  readonly passwords: Passwords
  readonly access: Access
  readonly projections: Projections
  readonly clock: SampleClock
  /** Where its data lies: `templates/sample`. */
  readonly folder: string
}

export interface SampleNetwork {
  readonly id: string
  readonly timeZone: string
  /** Ids by name. */
  readonly teams: ReadonlyMap<string, string>
  readonly documents: ReadonlyMap<string, string>
  /** The name of someone who coordinates it. */
  readonly coordinator: string
}

export const localTime = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'A time is written like 2024-08-14T09:00.'),
)

const networkSchema = v.object({
  name: v.string(),
  timeZone: v.string(),
  founded: localTime,
  teams: v.array(v.object({ name: v.string(), district: v.string(), state: v.string() })),
  people: v.array(
    v.object({
      name: v.string(),
      role: v.picklist(roles),
      team: v.optional(v.string()),
      title: v.optional(v.string()),
    }),
  ),
  documents: v.array(
    v.object({
      template: v.string(),
      title: v.string(),
      team: v.optional(v.string()),
      by: v.string(),
      at: localTime,
    }),
  ),
})

type SampleData = v.InferOutput<typeof networkSchema>

/** Builds the sample network in an empty database, by the functions that people's own work goes through. */
export async function buildSample(deps: SampleDeps): Promise<SampleNetwork> {
  const data = v.parse(networkSchema, JSON.parse(readFileSync(join(deps.folder, 'network.json'), 'utf8')))
  const at = timeIn(data.timeZone)
  deps.clock.set(at(data.founded))
  const id = await createNetwork(deps, data)
  const teams = await createTeams(deps, id, data)
  const people = await createPeople(deps, id, data, teams)
  const documents = new Map<string, string>()
  for (const document of data.documents) {
    deps.clock.set(at(document.at))
    const { kind, content } = readTemplate(join(deps.folder, `${document.template}.json`))
    const documentId = await createDocument(
      { ...deps, now: deps.clock.now, project: deps.projections.project },
      {
        networkId: id,
        teamId: document.team === undefined ? undefined : known(teams, document.team),
        kind,
        title: document.title,
        content,
        accountId: known(people, document.by),
        shared: true,
      },
    )
    documents.set(document.title, documentId)
  }
  const coordinator = data.people.find(({ role }) => role === 'coordinator')?.name ?? ''
  return { id, timeZone: data.timeZone, teams, documents, coordinator }
}

/** Milliseconds of a local time of that zone, `2024-08-14T09:00`. */
export const timeIn =
  (timeZone: string) =>
  (local: string): number =>
    Temporal.ZonedDateTime.from(`${local}[${timeZone}]`).epochMilliseconds

async function createNetwork({ db, clock }: SampleDeps, { name, timeZone }: SampleData): Promise<string> {
  const id = newId()
  await db.write([insertNetwork({ id, name, timeZone, createdAt: clock.now() })])
  return id
}

async function createTeams(
  { db, clock }: SampleDeps,
  networkId: string,
  data: SampleData,
): Promise<ReadonlyMap<string, string>> {
  const teams = data.teams.map((team) => ({ id: newId(), ...team }))
  await db.write(teams.map((team) => insertTeam(networkId, team, clock.now())))
  return new Map(teams.map(({ name, id }) => [name, id]))
}

/** Everyone has the same password, so it is hashed once. */
async function createPeople(
  { db, passwords, clock }: SampleDeps,
  networkId: string,
  data: SampleData,
  teams: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const hash = await passwords.hash(samplePassword)
  const hashedOnce: Passwords = { ...passwords, hash: async () => hash }
  const people = new Map<string, string>()
  for (const { name, role, team, title } of data.people) {
    const account = { name, email: sampleAddress(name), password: samplePassword }
    const { id } = await createAccount({ db, passwords: hashedOnce, now: clock.now }, account)
    const teamId = team === undefined ? null : known(teams, team)
    await db.write([
      insertMembership(
        { id: newId(), networkId, accountId: id, role, teamId, title: title ?? null },
        clock.now(),
      ),
    ])
    people.set(name, id)
  }
  return people
}

/** `Sgt. Colleen Marsh` is colleen.marsh@threerivers.example: no rank, small letters, hyphens kept. */
export function sampleAddress(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/[^A-Za-z .-]/g, '')
    .toLowerCase()
    .split(' ')
    .filter((word) => !word.endsWith('.'))
  return `${words.join('.')}@threerivers.example`
}

export function known(ids: ReadonlyMap<string, string>, name: string): string {
  const id = ids.get(name)
  if (id === undefined) throw new Error(`The sample network has no ${name}`)
  return id
}
