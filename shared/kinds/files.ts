import { parseSeed as parseDiagram } from './driver-diagram/seed.ts'
import type { KindName } from './index.ts'
import type { KindFiles } from './kind.ts'
import { writeSample as writeCycleSample } from './pdsa-cycle/sample.ts'
import { parseSeed as parseCycle } from './pdsa-cycle/seed.ts'
import { parseSeed as parseWorksheet } from './worksheet/seed.ts'

/** What each kind makes of files; the list of kinds once more, for the server alone. */
export const kindFiles: Readonly<Record<KindName, KindFiles<unknown>>> = {
  'driver-diagram': { parseSeed: parseDiagram },
  'pdsa-cycle': { parseSeed: parseCycle, writeSample: writeCycleSample },
  worksheet: { parseSeed: parseWorksheet },
}
