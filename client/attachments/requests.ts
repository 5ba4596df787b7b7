import { answer, api } from '../api.ts'

export const attachmentAddress = (id: string): string => `/api/attachments/${id}`

export async function removeAttachment(id: string): Promise<void> {
  await answer(api.attachments[':id'].$delete({ param: { id } }))
}

export async function restoreAttachment(id: string): Promise<void> {
  await answer(api.attachments[':id'].restoration.$post({ param: { id } }))
}
