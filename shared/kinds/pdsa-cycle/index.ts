import type { Kind } from '../kind.ts'
import { predictions } from './canonical.ts'
import { cycleBlocks } from './content.ts'
import { cycleDates } from './dates.ts'
import { clonePlan, cycleReferences, planTemplate, startOnIdea, throughCycle } from './lineage.ts'
import { type Cycle, firstStage, readCycle } from './model.ts'
import { fillCycle } from './seed.ts'
import { cycleFacts } from './summary.ts'
import { cycleTable } from './table.ts'
import { cycleTransitions } from './transitions.ts'

export const pdsaCycle: Kind<Cycle> = {
  label: 'PDSA cycle',
  plural: 'PDSA cycles',
  schema: 1,
  read: readCycle,
  fill: fillCycle,
  station: 'cycle',
  startsFrom: ['idea'],
  needsOrigin: true,
  startOn: startOnIdea,
  copy: clonePlan,
  template: planTemplate,
  through: throughCycle,
  references: cycleReferences,
  blocks: cycleBlocks,
  facts: cycleFacts,
  firstStage,
  ofSteps: ['cycle/stage', 'cycle/started', 'cycle/ended'],
  transitions: cycleTransitions,
  seals: { predictions },
  tables: (cycle, records) => [cycleTable(cycle, records)],
  dates: cycleDates,
}
