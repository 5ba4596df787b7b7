import type { DocumentDetail, TemplateSummary, Version } from '#shared/document.ts'
import type { KindName } from '#shared/kinds/index.ts'
import { answer, api } from '../api.ts'

export interface NewDocument {
  readonly networkId: string
  readonly teamId: string | undefined
  readonly kind: KindName
  readonly title: string
  /** What it starts from: a template's id, or content of its own in the form of the JSON export. */
  readonly template?: string
  readonly content?: unknown
}

/** Answers the new document's id. */
export async function createDocument({ networkId, teamId, ...rest }: NewDocument): Promise<string> {
  const json = { ...rest, ...(teamId !== undefined && { team: teamId }) }
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

export const listVersions = async (id: string): Promise<readonly Version[]> =>
  (await answer(api.documents[':id'].versions.$get({ param: { id } }))).versions

export async function saveVersion(id: string, version: { name: string; note?: string }): Promise<void> {
  await answer(api.documents[':id'].versions.$post({ param: { id }, json: version }))
}

/** The blank ones first. */
export const listTemplates = async (): Promise<readonly TemplateSummary[]> =>
  (await answer(api.templates.$get())).templates
