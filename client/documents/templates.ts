import type { Accessor } from 'solid-js'
import type { TemplateSummary } from '#shared/document.ts'
import { createLoad, type Load } from '../ui/load.tsx'
import { listTemplates } from './requests.ts'

const knownTemplates = new Map<string, readonly TemplateSummary[]>()

/** What a document of the network can start from. */
export const createTemplates = (networkId: Accessor<string | undefined>): Load<readonly TemplateSummary[]> =>
  createLoad(networkId, listTemplates, knownTemplates)

/** Names a template among those of all kinds. */
export const templateKey = ({ kind, id }: Pick<TemplateSummary, 'kind' | 'id'>): string => `${kind}/${id}`
