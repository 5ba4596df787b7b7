import { aimId, columns, type Diagram as DiagramModel } from '#shared/kinds/driver-diagram/model.ts'
import { type OutlineRow as ModelRow, readOutline } from '#shared/kinds/driver-diagram/outline.ts'

/** One line of the outline as the page lists it. A card with several parents has a line under each. */
export interface OutlineRow {
  /** The link it stands there by; the card's id where it stands under nothing. */
  readonly key: string
  readonly card: string
  readonly link?: string
  /** 1 for the aim. */
  readonly level: number
  /** What leads to it is listed where it comes first; here it is only named. */
  readonly isRepeated: boolean
  /** Under nothing, although it should be. */
  readonly isLoose: boolean
}

/** The outline as a flat list. A card that was removed while the reader stands in it keeps its line (Y4). */
export function outlineRows(model: DiagramModel, before: readonly OutlineRow[], gone?: string): OutlineRow[] {
  const outline = readOutline(model)
  const rows: OutlineRow[] = [{ key: aimId, card: aimId, level: 1, isRepeated: false, isLoose: false }]
  const list = (row: ModelRow, level: number) => {
    rows.push({
      key: row.link?.id ?? row.card.id,
      card: row.card.id,
      ...(row.link === undefined ? {} : { link: row.link.id }),
      level,
      isRepeated: row.isRepeated,
      isLoose: row.link === undefined,
    })
    for (const below of row.rows) list(below, level + 1)
  }
  for (const row of outline.rows) list(row, 2)
  for (const row of outline.loose) list(row, columns.indexOf(row.card.column) + 1)
  const at = gone === undefined ? -1 : before.findIndex((row) => row.card === gone)
  const kept = before[at]
  if (kept !== undefined) rows.splice(Math.min(at, rows.length), 0, kept)
  return rows
}
