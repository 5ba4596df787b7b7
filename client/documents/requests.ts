import type { DocumentDetail, DocumentReferences, TemplateSummary } from '#shared/document.ts'
import type { PlacedFact } from '#shared/fact.ts'
import type { KindName } from '#shared/kinds/index.ts'
import type { Origin } from '#shared/kinds/kind.ts'
import type { Records } from '#shared/records.ts'
import { answer, api } from '../api.ts'

export interface NewDocument {
  readonly networkId: string
  readonly teamId: string | undefined
  readonly kind: KindName
  readonly title: string
  /** What it starts from: a template's id, or content of its own in the form of the JSON export. */
  readonly template?: string
  readonly content?: unknown
  /** The part of another document that it is started from. */
  readonly on?: Origin | undefined
}

/** Answers the new document's id. */
export async function createDocument({ networkId, teamId, on, ...rest }: NewDocument): Promise<string> {
  const json = { ...rest, ...(teamId !== undefined && { team: teamId }), ...(on && { on }) }
  return (await answer(api.networks[':id'].documents.$post({ param: { id: networkId }, json }))).id
}

export async function copyDocument(
  id: string,
  { title, teamId }: { title: string; teamId: string | undefined },
): Promise<string> {
  const json = { title, ...(teamId !== undefined && { team: teamId }) }
  return (await answer(api.documents[':id'].copies.$post({ param: { id }, json }))).id
}

export const findDocument = (id: string): Promise<DocumentDetail> =>
  answer(api.documents[':id'].$get({ param: { id } }))

/** The document as the server has it at this moment: its model, which only its kind knows, and its records. */
export const findContent = (id: string): Promise<{ readonly model: unknown; readonly records: Records }> =>
  answer(api.documents[':id'].content.$get({ param: { id } }))

/** What the document stands on, and what stands on it. */
export const findReferences = (id: string): Promise<DocumentReferences> =>
  answer(api.documents[':id'].references.$get({ param: { id } }))

/** What the documents that stand on a part of another one say, by the fact of this name. */
export const listFactsOn = async (
  networkId: string,
  name: string,
  { documentId, part }: Origin,
): Promise<readonly PlacedFact[]> => {
  const query = { name, on: documentId, ...(part !== undefined && { part }) }
  return (await answer(api.networks[':id'].facts.$get({ param: { id: networkId }, query }))).facts
}

export const renameDocument = (id: string, title: string): Promise<DocumentDetail> =>
  answer(api.documents[':id'].$put({ param: { id }, json: { title } }))

export const shareDocument = (id: string): Promise<DocumentDetail> =>
  answer(api.documents[':id'].$put({ param: { id }, json: { shared: true } }))

export async function archiveDocument(id: string): Promise<void> {
  await answer(api.documents[':id'].archive.$post({ param: { id } }))
}

export async function restoreDocument(id: string): Promise<void> {
  await answer(api.documents[':id'].archive.$delete({ param: { id } }))
}

/** What documents of a network can start from: the blank ones first, the network's own last. */
export const listTemplates = async (networkId: string): Promise<readonly TemplateSummary[]> =>
  (await answer(api.networks[':id'].templates.$get({ param: { id: networkId } }))).templates

export interface NewTemplate {
  readonly name: string
  readonly sentence: string
  /** Only what the document asks, without what people wrote in it. */
  readonly emptied: boolean
}

export async function saveTemplate(documentId: string, { emptied, ...said }: NewTemplate): Promise<void> {
  const json = { ...said, ...(emptied && { emptied }) }
  await answer(api.documents[':id'].templates.$post({ param: { id: documentId }, json }))
}

export async function removeTemplate(networkId: string, templateId: string): Promise<void> {
  await answer(api.networks[':id'].templates[':templateId'].$delete({ param: { id: networkId, templateId } }))
}
