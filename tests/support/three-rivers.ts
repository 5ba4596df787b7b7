import type { DocumentDetail } from '#shared/document.ts'
import {
  expectOk,
  startTestServer,
  type TestPerson,
  type TestServer,
  type TestServerOptions,
} from './server.ts'

/** A started server with a network of two teams, and one person for each role that a test needs. */
export interface ThreeRivers {
  readonly server: TestServer
  readonly networkId: string
  readonly alder: string
  readonly basin: string
  readonly coordinator: TestPerson
  person(role: PersonOfThreeRivers): Promise<TestPerson>
}

export type PersonOfThreeRivers =
  | 'facilitator'
  | 'coach'
  | 'expert'
  | 'data-steward'
  | 'observer'
  | 'lead of Alder'
  | 'member of Alder'
  | 'lead of Basin'

export async function startThreeRivers(options?: TestServerOptions): Promise<ThreeRivers> {
  const server = await startTestServer(options)
  const { networkId, ...coordinator } = await server.setup()
  const addTeam = async (name: string) => {
    const added = await coordinator.fetch(`/api/networks/${networkId}/teams`, { json: { name } })
    return ((await expectOk(added)) as { id: string }).id
  }
  const alder = await addTeam('Alder Creek')
  const basin = await addTeam('Basin Ridge')
  const people = new Map<PersonOfThreeRivers, Promise<TestPerson>>()

  function join(who: PersonOfThreeRivers): Promise<TestPerson> {
    switch (who) {
      case 'lead of Alder':
        return server.person('Nora Lindqvist', 'lead', { team: alder })
      case 'member of Alder':
        return server.person('Beth Noonan', 'member', { team: alder })
      case 'lead of Basin':
        return server.person('Jesse Blackwood', 'lead', { team: basin })
      default:
        return server.person(`The ${who}`, who)
    }
  }

  return {
    server,
    networkId,
    alder,
    basin,
    coordinator,
    person(who) {
      const joined = people.get(who) ?? join(who)
      people.set(who, joined)
      return joined
    },
  }
}

/** Starts a driver diagram as this person; answers its id. */
export async function startDiagram(
  person: TestPerson,
  networkId: string,
  document: { title?: string; team?: string; template?: string; content?: unknown } = {},
): Promise<string> {
  const started = await person.fetch(`/api/networks/${networkId}/documents`, {
    json: { kind: 'driver-diagram', title: 'Fewer missed days', ...document },
  })
  return ((await expectOk(started)) as { id: string }).id
}

export async function share(person: TestPerson, id: string): Promise<void> {
  await expectOk(await person.fetch(`/api/documents/${id}`, { method: 'PUT', json: { shared: true } }))
}

export const detailFor = async (person: TestPerson, id: string): Promise<DocumentDetail> =>
  (await expectOk(await person.fetch(`/api/documents/${id}`))) as DocumentDetail
