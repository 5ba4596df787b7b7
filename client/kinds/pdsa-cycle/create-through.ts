import { type Accessor, createMemo } from 'solid-js'
import type { DocumentReferences, ReferenceEnd } from '#shared/document.ts'
import { AppError } from '#shared/errors.ts'
import { kinds } from '#shared/kinds/index.ts'
import type { Origin, ThroughPart } from '#shared/kinds/kind.ts'
import { answer, api } from '../../api.ts'
import { createNetworkFeed } from '../../feed.ts'
import { answerOrRemembered } from '../../remembered-answer.ts'
import { getMe } from '../../session.tsx'
import { createLoad } from '../../ui/load.tsx'

/** Another document that the cycle stands on, as far as this reader may see it. */
export type Found =
  | { readonly kind: 'private'; readonly to?: string }
  | { readonly kind: 'open'; readonly id: string; readonly title: string; readonly isArchived: boolean }

/** What a cycle stands on: the way from the aim to its idea, the cycle before it, the plan it was cloned from. */
export interface Through {
  readonly idea?: Found & {
    /** From the aim to the idea, that one last; empty where it is no longer there, or not for this reader. */
    readonly parts: readonly ThroughPart[]
  }
  readonly continues?: Found
  readonly clonedFrom?: Found
}

/** Reads what a cycle stands on, and again when that changes; empty until it is here. Offline, as this device remembers it. */
export function createThrough(
  cycle: { readonly id: string; readonly networkId: string },
  idea: Accessor<Required<Origin> | undefined>,
): Accessor<Through> {
  const place = createMemo(idea, undefined, {
    equals: (a, b) => a?.documentId === b?.documentId && a?.part === b?.part,
  })
  const load = createLoad(
    () => ({ idea: place() }),
    ({ idea: current }) =>
      answerOrRemembered(getMe().id, `through/${cycle.id}`, () => findThrough(cycle.id, current)),
  )
  createNetworkFeed(() => cycle.networkId, {
    document: (_, documentId) => {
      if (documentId === undefined || documentId === place()?.documentId) void load.reload()
    },
  })
  return () => load.data() ?? {}
}

async function findThrough(id: string, idea: Required<Origin> | undefined): Promise<Through> {
  const { standsOn }: DocumentReferences = await answer(
    api.documents[':id'].references.$get({ param: { id } }),
  )
  const endOf = (relation: string) => standsOn.find((reference) => reference.relation === relation)?.other
  const [tested, continues, clonedFrom] = await Promise.all([
    idea && findIdea(idea, endOf('tests')),
    findEnd(endOf('continues')),
    findEnd(endOf('cloned-from')),
  ])
  return {
    ...(tested && { idea: tested }),
    ...(continues && { continues }),
    ...(clonedFrom && { clonedFrom }),
  }
}

async function findEnd(end: ReferenceEnd | undefined): Promise<Found | undefined> {
  if (end === undefined) return undefined
  if ('privateTo' in end) return { kind: 'private', to: end.privateTo }
  const { id, title, archivedAt } = await findDocument(end.id)
  return { kind: 'open', id, title, isArchived: archivedAt !== undefined }
}

/** References follow edits with some delay, so the idea itself says where to look, and they only who keeps it private. */
async function findIdea(
  { documentId, part }: Required<Origin>,
  end: ReferenceEnd | undefined,
): Promise<NonNullable<Through['idea']>> {
  if (end !== undefined && 'privateTo' in end) return { kind: 'private', to: end.privateTo, parts: [] }
  try {
    const { id, kind, title, archivedAt } = await findDocument(documentId)
    const { model } = await findContent(id)
    const parts = kinds[kind].through?.(model, part) ?? []
    return { kind: 'open', id, title, isArchived: archivedAt !== undefined, parts }
  } catch (thrown) {
    if (isHidden(thrown)) return { kind: 'private', parts: [] }
    throw thrown
  }
}

const findContent = (id: string): Promise<{ readonly model: unknown }> =>
  answer(api.documents[':id'].content.$get({ param: { id } }))

const findDocument = (id: string) => answer(api.documents[':id'].$get({ param: { id } }))

const isHidden = (thrown: unknown): boolean =>
  thrown instanceof AppError && (thrown.code === 'not-found' || thrown.code === 'forbidden')
