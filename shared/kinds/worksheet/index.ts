import type { Kind } from '../kind.ts'
import {
  throughWorksheet,
  withoutAnswers,
  worksheetBlocks,
  worksheetDates,
  worksheetFacts,
  worksheetReferences,
  worksheetTables,
} from './content.ts'
import { readWorksheet, type Worksheet } from './model.ts'
import { fillWorksheet } from './seed.ts'

export const worksheet: Kind<Worksheet> = {
  label: 'Worksheet',
  plural: 'Worksheets',
  schema: 1,
  read: readWorksheet,
  fill: fillWorksheet,
  // Three of its sections name the aim of a diagram to come; the others say on whose behalf, and how.
  station: 'aim',
  // A copy has not become what its original became.
  copy: (model) => ({ ...model, became: [] }),
  emptied: withoutAnswers,
  through: throughWorksheet,
  references: worksheetReferences,
  blocks: worksheetBlocks,
  facts: worksheetFacts,
  tables: worksheetTables,
  dates: worksheetDates,
}
