import { type Accessor, createMemo } from 'solid-js'
import { reaches } from '#shared/access.ts'
import type { Origin } from '#shared/kinds/kind.ts'
import type { Records } from '#shared/records.ts'
import { answer, api } from '../../api.ts'
import { createNetworkFeed } from '../../feed.ts'
import { createLoad } from '../../ui/load.tsx'
import { type IdeaTheory, readTheory } from './theory.ts'

/** The diagram on which the cycle's idea stands, as far as this reader can have it changed. */
export type Diagram =
  /** The cycle tests no idea yet. */
  | { readonly kind: 'none' }
  | { readonly kind: 'loading' }
  /** The server does not answer: offline, as a rule. */
  | { readonly kind: 'unreachable' }
  /** It is private to others, or there is none any more. */
  | { readonly kind: 'private' }
  | {
      readonly kind: 'known'
      readonly title: string
      /** What becomes of a change that closing the cycle asks for. */
      readonly change: 'done' | 'proposed' | 'refused'
      readonly theory: IdeaTheory
      /** Changes that wait there for someone who may edit it, by the cycles that asked for them. */
      readonly waiting: readonly string[]
    }

export interface Theory {
  readonly diagram: Accessor<Diagram>
  /** Reads the diagram again, after it was changed from here. */
  reload(): Promise<void>
}

/** The theory around an idea, read from its diagram and kept current while that is worked on. */
export function createTheory(networkId: string, idea: Accessor<Required<Origin> | undefined>): Theory {
  // By value: the model is read anew with each edit of the cycle, and names the same idea.
  const key = createMemo(idea, undefined, {
    equals: (a, b) => a?.documentId === b?.documentId && a?.part === b?.part,
  })
  const load = createLoad(key, readDiagram)
  createNetworkFeed(() => networkId, {
    document: (_, documentId) => {
      if (documentId === undefined || documentId === key()?.documentId) void load.reload()
    },
    access: () => void load.reload(),
  })
  const diagram = (): Diagram => {
    if (key() === undefined) return { kind: 'none' }
    const found = load.data()
    if (found !== undefined) return found
    const code = load.problem()?.code
    if (code === undefined) return { kind: 'loading' }
    return code === 'not-found' || code === 'forbidden' ? { kind: 'private' } : { kind: 'unreachable' }
  }
  return { diagram, reload: load.reload }
}

async function readDiagram({ documentId: id, part }: Required<Origin>): Promise<Diagram> {
  const [{ title, level }, { model, records }] = await Promise.all([
    answer(api.documents[':id'].$get({ param: { id } })),
    findContent(id),
  ])
  const change = level === 'edit' ? 'done' : reaches(level, 'comment') ? 'proposed' : 'refused'
  const waiting = (records.proposals ?? []).map(({ from }) => from.documentId)
  return { kind: 'known', title, change, theory: readTheory(model, part), waiting }
}

// Named, so that the type of the route's whole answer need not be worked out.
const findContent = (id: string): Promise<{ readonly model: unknown; readonly records: Records }> =>
  answer(api.documents[':id'].content.$get({ param: { id } }))
