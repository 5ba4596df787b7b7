import { byCodeUnit } from '../order.ts'
import type { CycleSummary } from './summary.ts'
import { stepIndex } from './test-size.ts'

/** A cycle as ramps and boards take it. */
export interface PlacedCycle {
  readonly documentId: string
  readonly title: string
  /** The team whose cycle it is; absent for the network's. */
  readonly teamId?: string
  /** When the document was made, in milliseconds since 1970: since then a draft is one. */
  readonly createdAt?: number
  readonly summary: CycleSummary
}

/** A step of a ramp. */
export interface RampStep<C extends PlacedCycle = PlacedCycle> {
  readonly cycle: C
  /**
   * How high it stands, from 0 on the ladder of scales; where a cycle does not say, as high as the one before it, the first
   * one at the bottom.
   */
  readonly level: number
  /** Whether it stands higher or lower than the one before it. */
  readonly rise: 'up' | 'level' | 'down'
}

/** Cycles that follow each other, the first one first; never empty. */
export interface Ramp<C extends PlacedCycle = PlacedCycle> {
  readonly steps: readonly RampStep<C>[]
  /**
   * Where it leaves another ramp: the cycle whose plan its first one cloned, or that its first one continues too, beside the
   * one that goes on there.
   */
  readonly branchOf?: { readonly documentId: string; readonly by: 'clone' | 'continues' }
}

/**
 * The cycles of one idea as ramps: chains along `continues`, the ramp that began first first, a branch right behind the ramp
 * that it leaves. Each cycle is in one ramp, whatever they say of each other: in a circle the cycle with the lowest number
 * begins.
 */
export function rampsOf<C extends PlacedCycle>(cycles: readonly C[]): readonly Ramp<C>[] {
  const known = new Map(cycles.map((cycle) => [cycle.documentId, cycle]))
  const all = [...known.values()].sort(byStart)
  const followers = followersOf(all, known)
  const taken = new Set<string>()
  const ramps: Ramp<C>[] = []
  const collect = (first: C) => {
    const waiting = [first]
    for (let cycle = waiting.pop(); cycle !== undefined; cycle = waiting.pop()) {
      if (taken.has(cycle.documentId)) continue
      const ramp = rampFrom(cycle, known, followers, taken)
      ramps.push(ramp)
      waiting.push(...ramp.steps.flatMap((step) => followers.get(step.cycle.documentId) ?? []))
    }
  }
  for (const cycle of all) if (before(cycle, known) === undefined) collect(cycle)
  // What is left goes round in circles.
  for (const cycle of all) collect(cycle)
  return withBranchesBehind(ramps)
}

/** The cycle that another one continues, when it is among them. */
function before<C extends PlacedCycle>(cycle: C, known: ReadonlyMap<string, C>): C | undefined {
  const { continues } = cycle.summary
  return continues === undefined ? undefined : known.get(continues)
}

/** For each cycle those that continue it, in order. */
function followersOf<C extends PlacedCycle>(
  all: readonly C[],
  known: ReadonlyMap<string, C>,
): ReadonlyMap<string, readonly C[]> {
  const followers = new Map<string, C[]>()
  for (const cycle of all) {
    const earlier = before(cycle, known)?.documentId
    if (earlier === undefined) continue
    const others = followers.get(earlier)
    if (others === undefined) followers.set(earlier, [cycle])
    else others.push(cycle)
  }
  return followers
}

function rampFrom<C extends PlacedCycle>(
  first: C,
  known: ReadonlyMap<string, C>,
  followers: ReadonlyMap<string, readonly C[]>,
  taken: Set<string>,
): Ramp<C> {
  const chain: C[] = []
  for (let cycle: C | undefined = first; cycle !== undefined; ) {
    chain.push(cycle)
    taken.add(cycle.documentId)
    cycle = followers.get(cycle.documentId)?.find(({ documentId }) => !taken.has(documentId))
  }
  const branchOf = branchOfFirst(first, chain, known)
  return { steps: stepsOf(chain), ...(branchOf === undefined ? {} : { branchOf }) }
}

function branchOfFirst<C extends PlacedCycle>(
  first: C,
  chain: readonly C[],
  known: ReadonlyMap<string, C>,
): Ramp['branchOf'] {
  const isElsewhere = (id: string) => !chain.some(({ documentId }) => documentId === id)
  const earlier = before(first, known)?.documentId
  if (earlier !== undefined && isElsewhere(earlier)) return { documentId: earlier, by: 'continues' }
  const { clonedFrom } = first.summary
  if (clonedFrom !== undefined && known.has(clonedFrom) && isElsewhere(clonedFrom))
    return { documentId: clonedFrom, by: 'clone' }
  return undefined
}

function stepsOf<C extends PlacedCycle>(chain: readonly C[]): readonly RampStep<C>[] {
  let last: number | undefined
  return chain.map((cycle) => {
    const { scaleStep } = cycle.summary
    const level: number = scaleStep === undefined ? (last ?? 0) : stepIndex(scaleStep)
    const from = last ?? level
    last = level
    return { cycle, level, rise: level > from ? 'up' : level < from ? 'down' : 'level' }
  })
}

/** Each branch stands right behind the ramp that it leaves; in a circle of branches the first stays where it is. */
function withBranchesBehind<C extends PlacedCycle>(ramps: readonly Ramp<C>[]): readonly Ramp<C>[] {
  const home = new Map(
    ramps.flatMap((ramp) => ramp.steps.map(({ cycle }) => [cycle.documentId, ramp] as const)),
  )
  const branches = new Map<Ramp<C>, Ramp<C>[]>()
  for (const ramp of ramps) {
    const trunk = ramp.branchOf && home.get(ramp.branchOf.documentId)
    if (trunk === undefined) continue
    const others = branches.get(trunk)
    if (others === undefined) branches.set(trunk, [ramp])
    else others.push(ramp)
  }
  const placed = new Set<Ramp<C>>()
  const place = (from: Ramp<C>) => {
    const waiting = [from]
    for (let ramp = waiting.pop(); ramp !== undefined; ramp = waiting.pop()) {
      if (placed.has(ramp)) continue
      placed.add(ramp)
      waiting.push(...[...(branches.get(ramp) ?? [])].reverse())
    }
  }
  for (const ramp of ramps) if (ramp.branchOf === undefined) place(ramp)
  for (const ramp of ramps) place(ramp)
  return [...placed]
}

/** By number, then by the day of their beginning, then by id, which is by when they were made. */
const byStart = (a: PlacedCycle, b: PlacedCycle): number =>
  a.summary.number - b.summary.number ||
  byCodeUnit(startOf(a), startOf(b)) ||
  byCodeUnit(a.documentId, b.documentId)

/** Cycles that have not begun come after those that have. */
const startOf = ({ summary: { started } }: PlacedCycle): string => started ?? '9999'
