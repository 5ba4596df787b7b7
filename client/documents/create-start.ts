import type { TemplateSummary } from '#shared/document.ts'
import { newId } from '#shared/ids.ts'
import type { Origin } from '#shared/kinds/kind.ts'
import { runAction } from '../records.ts'
import { addIdea, ideasKind } from './origins.ts'
import { createDocument } from './requests.ts'

/** A change idea that is yet to be written: its words, and where it goes. */
export interface NewIdea {
  readonly title: string
  /** The document that takes it; absent: one that is made for it. */
  readonly documentId?: string
  /** The driver that it leads to. */
  readonly under?: string
}

/** What a new document stands on: something that is there, or a change idea that is written with it. */
export type ChosenOrigin =
  | { readonly kind: 'there'; readonly on: Origin; readonly label: string }
  | { readonly kind: 'new'; readonly idea: NewIdea }

export interface Start {
  readonly networkId: string
  /** The team, with its name for a diagram that has to be made first; absent: the network. */
  readonly place: { readonly teamId?: string; readonly name: string }
  readonly template: TemplateSummary
  readonly title: string
  readonly origin?: ChosenOrigin | undefined
}

/**
 * Starts a document, and before it what it stands on. Where the server does not answer in between, asking again goes on
 * from there: nothing is made twice.
 */
export function createStarting(): (start: Start) => Promise<string> {
  const made = new Map<string, string>()
  const once = async (what: string, make: () => Promise<string>): Promise<string> => {
    const id = made.get(what) ?? (await make())
    made.set(what, id)
    return id
  }

  async function originOf({ networkId, place, origin }: Start): Promise<Origin | undefined> {
    if (origin === undefined || origin.kind === 'there') return origin?.on
    const { title, under } = origin.idea
    const documentId = origin.idea.documentId ?? (await once(place.name, () => newDiagram(networkId, place)))
    const part = await once(`${documentId} ${title} ${under}`, async () => {
      const id = newId()
      await runAction(documentId, addIdea, { id, title, ...(under && { under }) })
      return id
    })
    return { documentId, part }
  }

  return async (start) =>
    createDocument({
      networkId: start.networkId,
      teamId: start.place.teamId,
      kind: start.template.kind,
      title: start.title,
      template: start.template.id,
      on: await originOf(start),
    })
}

function newDiagram(networkId: string, { teamId, name }: Start['place']): Promise<string> {
  const kind = ideasKind()
  if (kind === undefined) throw new Error('No kind of document takes change ideas.')
  return createDocument({ networkId, teamId, kind, title: name, template: 'blank' })
}
