import type { Kind } from '../kind.ts'
import { diagramActions } from './actions.ts'
import { diagramBlocks, diagramFacts, diagramReferences } from './content.ts'
import { drawDiagram } from './draw.ts'
import { type Diagram, readDiagram } from './model.ts'
import { fillDiagram } from './seed.ts'
import { diagramTable } from './table.ts'
import { throughDiagram } from './through.ts'

export const driverDiagram: Kind<Diagram> = {
  label: 'Driver diagram',
  plural: 'Driver diagrams',
  schema: 1,
  read: readDiagram,
  fill: fillDiagram,
  station: 'driver',
  startsFrom: ['aim'],
  through: throughDiagram,
  references: diagramReferences,
  blocks: diagramBlocks,
  facts: diagramFacts,
  actions: diagramActions,
  drawing: drawDiagram,
  tables: (diagram) => [diagramTable(diagram)],
}
