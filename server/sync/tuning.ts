import { type Pace, usualPace } from '../goodbyes.ts'

const second = 1000
const minute = 60 * second
const kibibyte = 1024
const mebibyte = 1024 * kibibyte

/** What may be tuned by measuring. Times in milliseconds, sizes in bytes; each is named by the rule that it serves. */
export interface Tuning {
  /** T1: from one batch of a room to the next; a lone update does not wait for it. */
  readonly tick: number
  /** With more people than these a room's tick becomes longer, up to twice as long. */
  readonly tickPeople: number
  readonly tickBytes: number
  /** T3 */
  readonly presenceTick: number
  readonly presencePerSecond: number
  /** T4: with more people than these, who is there is told every `crowdTick`. */
  readonly crowd: number
  readonly crowdTick: number
  readonly presenceClockStep: number
  /** T3: silence after which a connection is sent an empty presence frame; stock clients give up after 30 s. */
  readonly silence: number
  /** A peer that has not even answered pings for so long is gone: a closed lid says no goodbye. */
  readonly deadAfter: number
  readonly heartbeat: number
  /** D3 */
  readonly retryFirst: number
  readonly retryMost: number
  readonly readOnlyAfter: number
  /** When a document is projected: once nobody has written for `quiet`, at the latest after `quietAtLatest`. */
  readonly quiet: number
  readonly quietAtLatest: number
  /** H1 */
  readonly snapshotRows: number
  readonly snapshotBytes: number
  readonly keptSnapshots: number
  /** H3 */
  readonly activeFor: number
  /** How long a room has to be empty before its last person counts as gone: a reload is no leaving. */
  readonly settleAfter: number
  /** L4 */
  readonly idleFor: number
  readonly memoryBudget: number
  readonly sweepEvery: number
  /** P1 */
  readonly accessCheckEvery: number
  /** V2 */
  readonly waitingBytes: number
  readonly waitingUpdates: number
  readonly waitingTries: number
  /** How long a refused update waits for the marker that tells our client from a stock one. */
  readonly markerGrace: number
  /** R1 */
  readonly unknownMessages: number
  /** R2 */
  readonly stepOnes: number
  readonly stepOnesWithin: number
  /** Z2 */
  readonly messagesPerSecond: number
  readonly messagesBurst: number
  readonly bytesPerSecond: number
  readonly bytesBurst: number
  readonly upgradesPerAccount: number
  /** K1 */
  readonly slowAt: number
  readonly caughtUpAt: number
  readonly tooSlowAt: number
  readonly tooSlowAfter: number
  readonly slowCheck: number
  /** S5 */
  readonly largeDocument: number
  /** W2: how many connections are closed at once when the server stops, and how their groups are spread over time. */
  readonly drain: Pace
  /** How long each step of a clean close waits for what is on its way to the disk and for the last goodbyes. */
  readonly closeWithin: number
}

export const defaultTuning: Tuning = {
  tick: 20,
  tickPeople: 50,
  tickBytes: 256 * kibibyte,
  presenceTick: 80,
  presencePerSecond: 20,
  crowd: 100,
  crowdTick: second,
  presenceClockStep: 1000,
  silence: 12 * second,
  deadAfter: 45 * second,
  heartbeat: 5 * second,
  retryFirst: 100,
  retryMost: 5 * second,
  readOnlyAfter: 30 * second,
  quiet: 2 * second,
  quietAtLatest: 15 * second,
  snapshotRows: 500,
  snapshotBytes: 256 * kibibyte,
  keptSnapshots: 3,
  activeFor: 10 * minute,
  settleAfter: 5 * second,
  idleFor: minute,
  memoryBudget: 256 * mebibyte,
  sweepEvery: 10 * second,
  accessCheckEvery: minute,
  waitingBytes: 256 * kibibyte,
  waitingUpdates: 500,
  waitingTries: 2,
  markerGrace: second,
  unknownMessages: 20,
  stepOnes: 5,
  stepOnesWithin: 10 * second,
  messagesPerSecond: 100,
  messagesBurst: 1000,
  bytesPerSecond: 2 * mebibyte,
  bytesBurst: 8 * mebibyte,
  upgradesPerAccount: 120,
  slowAt: mebibyte,
  caughtUpAt: 64 * kibibyte,
  tooSlowAt: 8 * mebibyte,
  tooSlowAfter: 30 * second,
  slowCheck: 100,
  largeDocument: 2 * kibibyte,
  drain: usualPace,
  closeWithin: 3 * second,
}
