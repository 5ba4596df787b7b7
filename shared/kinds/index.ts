import { driverDiagram } from './driver-diagram/index.ts'
import type { Kind } from './kind.ts'
import { pdsaCycle } from './pdsa-cycle/index.ts'
import { worksheet } from './worksheet/index.ts'

/** The list of kinds: the one place on this side that names them. */
const list = {
  'driver-diagram': driverDiagram,
  'pdsa-cycle': pdsaCycle,
  worksheet,
} as const

export type KindName = keyof typeof list

export const kindNames = Object.keys(list) as [KindName, ...KindName[]]

/** A kind whose model only the kind itself knows: what the server and the frames work with. */
// biome-ignore lint/suspicious/noExplicitAny: a list of kinds with different models has no narrower type; callers pass a model only back to the kind it came from.
export type AnyKind = Kind<any>

export const kinds: Readonly<Record<KindName, AnyKind>> = list

/** The kind named `name`, or undefined for a name that this version does not know. */
export const findKind = (name: string): AnyKind | undefined =>
  Object.hasOwn(list, name) ? kinds[name as KindName] : undefined
