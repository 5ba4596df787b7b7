import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentSummary } from '#shared/document.ts'
import type { PlacedFact } from '#shared/fact.ts'
import type { Network } from '#shared/network.ts'
import type { Records } from '#shared/records.ts'
import { startSample } from '../../server/cli/demo.ts'
import { readConfig } from '../../server/config.ts'
import { samplePassword } from '../../server/sample/network.ts'
import type { RunningServer } from '../../server/start.ts'
import { cookieOf, expectOk } from '../support/server.ts'

let dataDir: string
let running: RunningServer
let networkId: string
let took: number

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'throughline-sample-'))
  const began = performance.now()
  running = await startSample(readConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' }))
  took = performance.now() - began
  const { networks } = await as<{ networks: { id: string }[] }>('imani.okafor', '/api/networks')
  networkId = networks[0]!.id
}, 60_000)
afterAll(async () => {
  await running.close()
  await rm(dataDir, { recursive: true, force: true })
})

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`http://127.0.0.1:${running.port}${path}`, {
    ...init,
    headers: { Origin: running.origin, 'Content-Type': 'application/json', ...init.headers },
  })

async function signIn(email: string): Promise<string> {
  const answer = await ask('/api/session', {
    method: 'POST',
    body: JSON.stringify({ email, password: samplePassword }),
  })
  await expectOk(answer.clone())
  return cookieOf(answer)
}

async function as<T>(name: string, path: string): Promise<T> {
  const cookie = await signIn(`${name}@threerivers.example`)
  return (await expectOk(await ask(path, { headers: { Cookie: cookie } }))) as T
}

describe('the sample network', () => {
  it('is built in seconds', () => {
    expect(took).toBeLessThan(30_000)
  })

  it('has its eight teams in four districts of two states', async () => {
    const { name, timeZone, teams } = await as<Network>('imani.okafor', `/api/networks/${networkId}`)
    expect({ name, timeZone }).toEqual({
      name: 'Three Rivers School Health CoIIN',
      timeZone: 'America/New_York',
    })
    const districts = teams.map((team) => `${team.name[0]} ${team.state}, ${team.district}`)
    expect(districts).toEqual([
      'A North Fork, Ridgeway',
      'B North Fork, Ridgeway',
      'C North Fork, Millbrook',
      'D South Fork, Lakeshore',
      'E North Fork, Millbrook',
      'F South Fork, Highland',
      'G South Fork, Highland',
      'H South Fork, Lakeshore',
    ])
  })

  it('has its people with their roles, teams and job titles', async () => {
    const { members, teams } = await as<Network>('imani.okafor', `/api/networks/${networkId}`)
    const letter = new Map(teams.map(({ id, name }) => [id, name[0]]))
    const people = members.map(({ person, role, teamId, title, email }) =>
      [person.name, role, teamId && letter.get(teamId), title, email?.split('@')[0]]
        .filter(Boolean)
        .join(' · '),
    )
    expect(people.sort()).toEqual([
      'Alicia Montoya · lead · D · alicia.montoya',
      'Beth Noonan · member · A · Court clerk · beth.noonan',
      'Dev Patel · member · D · Youth partner · dev.patel',
      'Dr. Lena Whitfield · expert · School mental health · lena.whitfield',
      'Fatima Haddad · lead · H · fatima.haddad',
      'Gus Halvorsen · data-steward · gus.halvorsen',
      'Hank Sorensen · lead · E · hank.sorensen',
      'Imani Okafor · coordinator · Network director · imani.okafor',
      'Jesse Blackwood · lead · B · jesse.blackwood',
      'Kwame Asante · lead · C · kwame.asante',
      'Marisol Vega · member · H · Parent partner · marisol.vega',
      'Nora Lindqvist · lead · A · nora.lindqvist',
      'Owen Pritchard · lead · G · owen.pritchard',
      'Priya Raman · coach · Improvement coach · priya.raman',
      'Quinn Adeyemi · observer · Funder · quinn.adeyemi',
      'Rafael Duarte · facilitator · rafael.duarte',
      'Ruth Yazzie-Clark · lead · F · ruth.yazzie-clark',
      'Sgt. Colleen Marsh · member · D · School resource officer · colleen.marsh',
      'Tomas Brandt · expert · Financing · tomas.brandt',
    ])
  })

  it('has the network’s two diagrams, begun when its aims were set', async () => {
    const { documents } = await as<{ documents: DocumentSummary[] }>(
      'quinn.adeyemi',
      `/api/networks/${networkId}/documents?kind=driver-diagram`,
    )
    expect(documents).toHaveLength(2)
    for (const { kind, shared, level, createdAt } of documents) {
      expect({ kind, shared, level }).toEqual({ kind: 'driver-diagram', shared: true, level: 'view' })
      expect(new Date(createdAt).toISOString()).toMatch(/^2024-08-14T/)
    }
  })

  it('has the cross and weak links of the first diagram, and its ideas can be counted', async () => {
    const { documents } = await as<{ documents: DocumentSummary[] }>(
      'imani.okafor',
      `/api/networks/${networkId}/documents`,
    )
    const first = documents.find(({ title }) => title === 'Fewer missed school days')!
    const { facts } = await as<{ facts: PlacedFact[] }>('quinn.adeyemi', `/api/networks/${networkId}/facts`)
    const of = (name: string) => facts.filter((fact) => fact.documentId === first.id && fact.name === name)
    expect(of('primary-drivers').map(({ value }) => value)).toEqual([5])
    expect(of('secondary-drivers').map(({ value }) => value)).toEqual([10])
    expect(of('change-ideas').map(({ value }) => value)).toEqual([14])
    // Four as drawn, and the one that a cycle weakened.
    expect(of('weak-links').map(({ value }) => value)).toEqual([5])
    expect(of('idea-status')).toHaveLength(14)
  })

  it('has its teams’ cycles in every stage, sealed by the step itself on the day it was taken', async () => {
    const { documents } = await as<{ documents: DocumentSummary[] }>(
      'imani.okafor',
      `/api/networks/${networkId}/documents?kind=pdsa-cycle`,
    )
    const found = await Promise.all(
      documents.map(async ({ id, title }) => {
        const { records } = await as<{ records: Records }>('imani.okafor', `/api/documents/${id}/records`)
        return { title, ...records }
      }),
    )
    const stages = found.map(({ stage }) => stage).sort()
    expect(new Set(stages)).toEqual(new Set(['closed', 'doing', 'draft', 'ready', 'stalled']))
    expect(stages.filter((stage) => stage === 'closed')).toHaveLength(14)
    const first = found.find(({ title }) => title === 'Nurse calls on day 2: three families')!
    const [seal] = first.seals!
    expect(new Date(seal!.at).toISOString()).toBe('2024-09-16T11:50:00.000Z')
    expect(createHash('sha256').update(seal!.text).digest('hex')).toBe(seal!.hash)
    expect(first.ballots?.[0]?.revealed).toMatchObject({ lowest: 1, highest: 2 })
    // What adapt and expand open; the last of each ramp that went on waits as a draft.
    expect(found.filter(({ stage }) => stage === 'draft').length).toBeGreaterThan(0)
  })

  it('has a worksheet of three teams, and a change to the theory that waits for someone who may edit it', async () => {
    const { documents } = await as<{ documents: DocumentSummary[] }>(
      'quinn.adeyemi',
      `/api/networks/${networkId}/documents`,
    )
    expect(documents.filter(({ kind }) => kind === 'worksheet')).toHaveLength(3)
    const diagram = documents.find(({ title }) => title === 'Fewer missed school days')!
    const { records } = await as<{ records: Records }>('imani.okafor', `/api/documents/${diagram.id}/records`)
    expect(records.proposals?.map(({ by }) => by.name)).toEqual(['Hank Sorensen'])
  })
})
