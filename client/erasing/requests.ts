import type { Erasure, ErasureAnswer, ErasurePreview } from '#shared/erasure.ts'
import { answer, api } from '../api.ts'

/** What would go, and what stays where the server cannot reach. */
export const previewErasure = (id: string, erasure: Erasure): Promise<ErasurePreview> =>
  answer(api.documents[':id'].erasure.preview.$post({ param: { id }, json: erasure }))

/** Erases it for good; there is no way back. */
export const erase = (id: string, erasure: Erasure): Promise<ErasureAnswer> =>
  answer(api.documents[':id'].erasure.$post({ param: { id }, json: erasure }))
