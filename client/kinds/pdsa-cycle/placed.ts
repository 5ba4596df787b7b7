import type { PlacedCycle } from '#shared/kinds/pdsa-cycle/ramp.ts'
import { readSummary } from '#shared/kinds/pdsa-cycle/summary.ts'
import type { Summarized } from '../board-view.ts'

/** A cycle as ramps and boards take it: its row and its summary; none where the summary cannot be read. */
export interface PlacedDocument extends PlacedCycle {
  readonly document: Summarized['document']
}

export function placedCycle({ document, value }: Summarized): readonly PlacedDocument[] {
  const summary = readSummary(value)
  if (summary === undefined) return []
  const { id: documentId, title, teamId, createdAt } = document
  return [{ documentId, title, createdAt, document, summary, ...(teamId !== undefined && { teamId }) }]
}
