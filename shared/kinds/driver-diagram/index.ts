import type { Kind } from '../kind.ts'
import { diagramBlocks, diagramFacts, diagramReferences } from './content.ts'
import { drawDiagram } from './draw.ts'
import { type Diagram, readDiagram } from './model.ts'
import { fillDiagram, parseSeed } from './seed.ts'
import { diagramTable } from './table.ts'

export const driverDiagram: Kind<Diagram> = {
  label: 'Driver diagram',
  plural: 'Driver diagrams',
  schema: 1,
  read: readDiagram,
  fill: fillDiagram,
  parseSeed,
  station: 'driver',
  startsFrom: ['aim'],
  references: diagramReferences,
  blocks: diagramBlocks,
  facts: diagramFacts,
  drawing: drawDiagram,
  tables: (diagram) => [diagramTable(diagram)],
}
