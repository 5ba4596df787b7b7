import type { AnyKind } from '#shared/kinds/index.ts'
import type { NetworkSettings } from '#shared/kinds/kind.ts'
import type { Records } from '#shared/records.ts'
import type { OpenedDocument } from '../documents/guard.ts'
import type { LiveDocument } from '../documents/live.ts'
import type { AnyTransition, AskedStep } from './allowed.ts'
import type { Targets } from './requests.ts'

/** Who takes a step. */
export interface Taker {
  readonly id: string
  readonly name: string
}

/** All that is known of a step before the live documents are looked at. */
export interface Standing {
  readonly document: OpenedDocument
  readonly kind: AnyKind
  readonly step: AnyTransition
  readonly asked: AskedStep
  readonly by: Taker
  readonly records: Records
  readonly from: string
  readonly network: NetworkSettings & { readonly timeZone: string }
}

/** What is there at the moment of the step. */
export interface Moment {
  readonly at: number
  /** Accounts of those who have the document open. */
  readonly present: readonly string[]
  readonly live: LiveDocument
  /** The live documents that are asked something, by their ids. */
  readonly others: ReadonlyMap<string, LiveDocument>
  readonly targets: Targets
}
