import { type Accessor, createMemo, onCleanup } from 'solid-js'
import type { PlacedFact } from '#shared/fact.ts'
import { kinds } from '#shared/kinds/index.ts'
import { factsFor, readsWorkspace, type Workspace } from '#shared/kinds/worksheet/checks.ts'
import type { Section } from '#shared/kinds/worksheet/model.ts'
import type { Network } from '#shared/network.ts'
import { answer, api } from '../../api.ts'
import { createNetworkFeed } from '../../feed.ts'
import { createLoad } from '../../ui/load.tsx'

/** Many edits are told in a row; what is said beside a section can wait for the end of them. */
const pause = 3_000

/** What is there already in the network, as far as the checks of these sections ask; kept current while others work. */
export function createWorkspace(of: {
  readonly network: Network
  readonly teamId: Accessor<string | undefined>
  readonly sections: Accessor<readonly Section[]>
}): Accessor<Workspace | undefined> {
  const asks = createMemo(() =>
    of.sections().some(({ check }) => check !== undefined && readsWorkspace(check)),
  )
  const names = createMemo(() => factsFor(of.sections()).join(' '))
  const load = createLoad(
    () => (asks() ? names() : undefined),
    (wanted) => findWorkspace(of.network.id, wanted === '' ? [] : wanted.split(' ')),
  )
  let timer: ReturnType<typeof setTimeout> | undefined
  createNetworkFeed(() => (asks() ? of.network.id : undefined), {
    document: () => {
      clearTimeout(timer)
      timer = setTimeout(() => void load.reload(), pause)
    },
  })
  onCleanup(() => clearTimeout(timer))
  return () => {
    const found = load.data()
    const teamId = of.teamId()
    return found && { ...found, ...(teamId === undefined ? {} : { teamId }) }
  }
}

async function findWorkspace(networkId: string, names: readonly string[]): Promise<Workspace> {
  const param = { id: networkId }
  const listFacts = async (name: string): Promise<readonly PlacedFact[]> =>
    (await answer(api.networks[':id'].facts.$get({ param, query: { name } }))).facts
  const [{ documents }, ...facts] = await Promise.all([
    answer(api.networks[':id'].documents.$get({ param, query: { archived: 'false' } })),
    ...names.map(listFacts),
  ])
  return {
    documents: documents.map(({ id, title, kind, teamId, shared }) => ({
      id,
      title,
      shared,
      station: kinds[kind].station,
      ...(teamId === undefined ? {} : { teamId }),
    })),
    facts: facts.flat(),
  }
}
