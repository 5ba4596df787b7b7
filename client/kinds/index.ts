import type { KindName } from '#shared/kinds/index.ts'
import { driverDiagram } from './driver-diagram/index.ts'
import { pdsaCycle } from './pdsa-cycle/index.ts'
import type { KindView } from './view.ts'
import { worksheet } from './worksheet/index.ts'

/** The list of kinds on this side. A kind without an entry does not compile. */
export const kindViews: Readonly<Record<KindName, KindView>> = {
  'driver-diagram': driverDiagram,
  'pdsa-cycle': pdsaCycle,
  worksheet,
}
