import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ErrorBody } from '#shared/errors.ts'
import type { Ballot, Records } from '#shared/records.ts'
import { ballotsOf, revealBallots } from '../../server/ballots/store.ts'
import { expectOk, type TestPerson } from '../support/server.ts'
import { share, startDiagram, startThreeRivers, type ThreeRivers } from '../support/three-rivers.ts'

let rivers: ThreeRivers
let lead: TestPerson
let member: TestPerson
let coach: TestPerson
let expert: TestPerson
let id: string

beforeAll(async () => {
  rivers = await startThreeRivers()
  lead = await rivers.person('lead of Alder')
  member = await rivers.person('member of Alder')
  coach = await rivers.person('coach')
  expert = await rivers.person('expert')
})
afterAll(() => rivers.server.close())

beforeEach(async () => {
  id = await startDiagram(lead, rivers.networkId, { team: rivers.alder })
  await share(lead, id)
})

const answer = (person: TestPerson, value: unknown, part = 'q1', documentId = id) =>
  person.fetch(`/api/documents/${documentId}/ballots/${part}`, { method: 'PUT', json: { value } })

const reveal = (person: TestPerson, part = 'q1') =>
  person.fetch(`/api/documents/${id}/ballots/${part}/reveal`, { method: 'POST' })

const setShared = (person: TestPerson, method: 'POST' | 'DELETE', part = 'q1') =>
  person.fetch(`/api/documents/${id}/ballots/${part}/shared`, { method })

async function ballot(person: TestPerson, part = 'q1'): Promise<Ballot | undefined> {
  const { records } = (await expectOk(await person.fetch(`/api/documents/${id}/records`))) as {
    records: Records
  }
  return records.ballots?.find((each) => each.part === part)
}

async function refusal(response: Response): Promise<{ status: number; message: string }> {
  const { error } = (await response.json()) as ErrorBody
  return { status: response.status, message: error.message }
}

const archive = (documentId = id) =>
  lead.fetch(`/api/documents/${documentId}/archive`, { method: 'POST' }).then(expectOk)

describe('before the reveal', () => {
  it('everyone learns how many have answered, and each their own answer', async () => {
    await expectOk(await answer(lead, 40))
    await expectOk(await answer(member, 75))
    expect(await ballot(lead)).toEqual({
      part: 'q1',
      answers: 2,
      own: { value: 40, at: expect.any(Number), isShared: false },
    })
    expect(await ballot(expert)).toEqual({ part: 'q1', answers: 2 })
  })

  it('no address says what somebody else answered', async () => {
    await expectOk(await answer(member, 73.625))
    for (const address of ['', '/content', '/records', '/references', '/versions', '/export?format=json']) {
      const response = await coach.fetch(`/api/documents/${id}${address}`)
      expect(response.status).toBe(200)
      expect(await response.text()).not.toContain('73.625')
    }
    const facts = await coach.fetch(`/api/networks/${rivers.networkId}/facts`)
    expect(await facts.text()).not.toContain('73.625')
  })

  it('the feed says that there is something new, and not what', async () => {
    const listening = new AbortController()
    const feed = await coach.fetch(`/api/networks/${rivers.networkId}/feed`, { signal: listening.signal })
    const reader = feed.body?.pipeThrough(new TextDecoderStream()).getReader()
    await answer(member, 73.625)
    let heard = ''
    while (!heard.includes('records')) heard += (await reader?.read())?.value ?? ''
    listening.abort()
    expect(heard).toContain(`{"documentId":"${id}","change":"records"}`)
    expect(heard).not.toMatch(/73\.625|q1/)
    expect(heard).not.toContain(member.account.id)
  })

  it('someone who answers again replaces their answer', async () => {
    await answer(lead, 40)
    await expectOk(await answer(lead, 55))
    expect(await ballot(lead)).toMatchObject({ answers: 1, own: { value: 55 } })
  })

  it('nobody says whose an answer is', async () => {
    await answer(lead, 40)
    expect(await refusal(await setShared(lead, 'POST'))).toEqual({
      status: 409,
      message: 'An answer can be shared once the answers are revealed.',
    })
  })
})

describe('answering', () => {
  it('is for the team and for those who may edit', async () => {
    for (const person of [lead, member, coach, rivers.coordinator])
      expect((await answer(person, 1)).status).toBe(200)
    for (const who of ['expert', 'observer', 'data-steward', 'lead of Basin'] as const)
      expect((await answer(await rivers.person(who), 1)).status).toBe(403)
    expect((await ballot(lead))?.answers).toBe(4)
  })

  it('takes a number and nothing else, about a part that has a name', async () => {
    for (const value of ['40', null, undefined, [40], { value: 40 }])
      expect((await answer(lead, value)).status).toBe(400)
    expect((await answer(lead, 1, 'x'.repeat(121))).status).toBe(400)
    expect((await answer(lead, 1, 'q%00')).status).toBe(400)
    expect((await answer(lead, 1, 'q%0A1')).status).toBe(400)
    expect((await answer(lead, -0.5)).status).toBe(200)
  })

  it('has an end for one person in one document', async () => {
    await rivers.server.db.write([
      {
        sql: `WITH RECURSIVE number (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM number WHERE n < 500)
          INSERT INTO ballot_answer (document_id, part, account_id, value, created_at)
          SELECT ?, 'many-' || n, ?, 1, 1 FROM number`,
        args: [id, lead.account.id],
      },
    ])
    expect((await answer(lead, 1, 'one-more')).status).toBe(409)
    expect((await answer(lead, 2, 'many-7')).status).toBe(200)
    expect((await answer(member, 1, 'one-more')).status).toBe(200)
  })

  it('is refused while the document is archived, and so is revealing', async () => {
    await answer(member, 1)
    await archive()
    const { status, message } = await refusal(await answer(lead, 40))
    expect(status).toBe(409)
    expect(message).toMatch(/archived/)
    expect((await reveal(lead)).status).toBe(409)
    expect(await ballot(lead)).toEqual({ part: 'q1', answers: 1 })
  })
})

describe('the reveal', () => {
  it('is for those who may edit', async () => {
    await answer(member, 40)
    expect((await reveal(expert)).status).toBe(403)
    expect((await reveal(await rivers.person('observer'))).status).toBe(403)
    expect(await ballot(lead)).not.toHaveProperty('revealed')
    await expectOk(await reveal(member))
    expect((await ballot(lead))?.revealed?.by).toMatchObject({ id: member.account.id, name: 'Beth Noonan' })
  })

  it('with three answers gives all of them from the lowest to the highest, and no names', async () => {
    await answer(lead, 80)
    await answer(member, 20)
    await answer(coach, 50)
    await expectOk(await reveal(lead))
    const seen = await ballot(expert)
    expect(seen).toEqual({
      part: 'q1',
      answers: 3,
      revealed: {
        at: expect.any(Number),
        by: { id: lead.account.id, name: 'Nora Lindqvist', color: lead.account.color },
        lowest: 20,
        highest: 80,
        values: [20, 50, 80],
        shared: [],
      },
    })
  })

  it('with fewer than three answers gives their range alone', async () => {
    await answer(lead, 80)
    await answer(member, 20)
    await reveal(lead)
    const revealed = (await ballot(coach))?.revealed
    expect(revealed).toMatchObject({ lowest: 20, highest: 80 })
    expect(revealed).not.toHaveProperty('values')
  })

  it('needs somebody’s answer', async () => {
    expect(await refusal(await reveal(lead))).toEqual({
      status: 409,
      message: 'There is nothing to reveal: nobody has answered yet.',
    })
  })

  it('closes: later answers are refused, new ones and others of those who answered', async () => {
    await answer(lead, 80)
    await reveal(lead)
    for (const person of [lead, member]) {
      expect(await refusal(await answer(person, 10))).toEqual({
        status: 409,
        message: 'The answers are revealed already: nobody can answer any more.',
      })
    }
    expect((await ballot(lead))?.own?.value).toBe(80)
    expect((await answer(member, 10, 'q2')).status).toBe(200)
  })

  it('happens once, by whoever was first', async () => {
    await answer(lead, 80)
    await expectOk(await reveal(lead))
    await expectOk(await reveal(member))
    expect((await ballot(lead))?.revealed?.by?.id).toBe(lead.account.id)
  })

  it('counts an answer of the same instant or refuses it, never neither or both', async () => {
    for (let turn = 0; turn < 8; turn++) {
      const part = `race-${turn}`
      await answer(lead, 1, part)
      await answer(coach, 2, part)
      const [late] = await Promise.all([answer(member, 3, part), reveal(lead, part)])
      const { answers, revealed } = (await ballot(coach, part)) ?? {}
      expect(revealed).toBeDefined()
      expect(answers).toBe(late.status === 200 ? 3 : 2)
      expect(revealed?.values).toEqual(late.status === 200 ? [1, 2, 3] : undefined)
      expect([200, 409]).toContain(late.status)
    }
  })
})

describe('a step that reveals', () => {
  it('reveals every part of the document, in nobody’s name, and closes those that nobody has answered', async () => {
    await answer(lead, 1, 'q1')
    await answer(member, 2, 'q2')
    await rivers.server.db.write(revealBallots(id, 'all', null, 1_000))
    expect(await ballotsOf(rivers.server.db, id, undefined)).toEqual([
      { part: 'q1', answers: 1, revealed: { at: 1_000, lowest: 1, highest: 1, shared: [] } },
      { part: 'q2', answers: 1, revealed: { at: 1_000, lowest: 2, highest: 2, shared: [] } },
    ])
    for (const part of ['q1', 'q3']) expect((await answer(lead, 9, part)).status).toBe(409)
  })

  it('leaves what was revealed before as it was, and can name its parts', async () => {
    await answer(lead, 1, 'q1')
    await answer(lead, 2, 'q2')
    await reveal(lead, 'q1')
    await rivers.server.db.write(revealBallots(id, ['q1', 'empty'], null, 1_000))
    const found = await ballotsOf(rivers.server.db, id, lead.account.id)
    expect(found.map(({ part, answers, revealed }) => [part, answers, revealed?.by?.name])).toEqual([
      ['empty', 0, undefined],
      ['q1', 1, 'Nora Lindqvist'],
      ['q2', 1, undefined],
    ])
    expect(found[2]).not.toHaveProperty('revealed')
    expect((await answer(member, 1, 'empty')).status).toBe(409)
  })
})

describe('one’s own answer', () => {
  it('is known as one’s own only once one says so, and no longer when one takes that back', async () => {
    await answer(lead, 80)
    await answer(member, 20)
    await reveal(lead)
    await expectOk(await setShared(member, 'POST'))
    expect((await ballot(expert))?.revealed?.shared).toEqual([
      { by: { id: member.account.id, name: 'Beth Noonan', color: member.account.color }, value: 20 },
    ])
    expect((await ballot(member))?.own?.isShared).toBe(true)
    await expectOk(await setShared(member, 'DELETE'))
    expect((await ballot(expert))?.revealed?.shared).toEqual([])
  })

  it('is nobody else’s to share', async () => {
    await answer(lead, 80)
    await reveal(lead)
    expect((await setShared(member, 'POST')).status).toBe(404)
    expect((await setShared(expert, 'POST')).status).toBe(404)
    expect((await ballot(coach))?.revealed?.shared).toEqual([])
  })
})

describe('what someone has answered over time', () => {
  const mine = async (person: TestPerson) => {
    const response = await person.fetch(`/api/networks/${rivers.networkId}/answers`)
    const { answers } = (await expectOk(response)) as {
      answers: { documentId: string; part: string; value: number; at: number }[]
    }
    return answers.filter(({ documentId }) => documentId === id)
  }

  it('is their own revealed answers, and nobody else’s', async () => {
    await answer(lead, 80)
    await answer(member, 20)
    await answer(lead, 5, 'still-private')
    expect(await mine(lead)).toEqual([])
    await reveal(lead)
    expect(await mine(lead)).toEqual([{ documentId: id, part: 'q1', value: 80, at: expect.any(Number) }])
    expect(await mine(member)).toEqual([{ documentId: id, part: 'q1', value: 20, at: expect.any(Number) }])
    expect(await mine(coach)).toEqual([])
  })

  it('goes on while a document is archived, and ends with the right to open it', async () => {
    const newcomer = await rivers.server.person('Ruth Halvorsen', 'member', { team: rivers.alder })
    id = await startDiagram(lead, rivers.networkId, { team: rivers.alder })
    await expectOk(await answer(newcomer, 30))
    await reveal(lead)
    await archive()
    expect(await mine(newcomer)).toHaveLength(1)
    const { coordinator, networkId, basin } = rivers
    const account = newcomer.account.id
    await expectOk(
      await coordinator.fetch(`/api/networks/${networkId}/members`, {
        json: { account, role: 'member', team: basin },
      }),
    )
    const { members } = (await expectOk(await coordinator.fetch(`/api/networks/${networkId}`))) as {
      members: { id: string; teamId?: string; person: { id: string } }[]
    }
    const held = members.find(({ person, teamId }) => person.id === account && teamId === rivers.alder)
    await expectOk(await coordinator.fetch(`/api/memberships/${held?.id}`, { method: 'DELETE' }))
    expect(await mine(newcomer)).toEqual([])
  })
})
