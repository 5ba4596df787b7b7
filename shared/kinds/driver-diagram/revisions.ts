import type * as Y from 'yjs'
import type { Edit } from '../edit.ts'
import { mapAt, oneOf, textOf } from '../roots.ts'
import { setAbsent, setPresent } from './edit-steps.ts'
import {
  evidenceKey,
  type LinkChange,
  linkChanges,
  linkEnds,
  linkId,
  linksMap,
  readLink,
  type Strength,
  strengths,
} from './model.ts'

/**
 * What a cycle changes of the theory: the link between its idea and a driver becomes stronger or weaker, or the idea leads
 * to another driver instead, with the cycle as evidence on it. The evidence is keyed by the cycle's document and remembers
 * what the link was, so that the same cycle can take back exactly what it changed.
 */
export interface Revision {
  readonly link: string
  readonly change: LinkChange
  /** Of `redraw`: the driver that the idea leads to instead. */
  readonly to?: string
  /** The cycle's document. */
  readonly cycle: string
  /** The cycle in a few words. */
  readonly label: string
  readonly why: string
}

/** What a revision found, stored with its evidence: what taking it back brings back. */
type Before = StrengthBefore | Redrawn

interface StrengthBefore {
  readonly kind: 'strength'
  readonly strength: Strength
}

interface Redrawn {
  readonly kind: 'redrawn'
  /** The link that it took away. */
  readonly link: string
  /** The one in its place stood already. */
  readonly wasThere: boolean
  /** Later than those of the same idea with a smaller one. */
  readonly order: number
}

interface StoredRevision {
  /** The link that carries the evidence. */
  readonly on: string
  readonly cycle: string
  readonly change: LinkChange
  readonly before?: Before
}

/** Revises a link. What the same cycle had made of it or of another link of its idea gives way. */
export function reviseLink(edit: Edit, doc: Y.Doc, revision: Revision): void {
  edit(() => {
    takeBack(doc, revision.link, revision.cycle)
    if (readLink(doc, revision.link) === undefined) return
    const strength = strengthAfter[revision.change]
    if (strength === undefined) redraw(doc, revision)
    else setStrength(doc, revision, strength)
  })
}

function setStrength(doc: Y.Doc, revision: Revision, strength: Strength): void {
  const was = strengthAt(doc, revision.link)
  if (was !== strength) linksMap(doc).set(`${revision.link}|strength`, strength)
  setEvidence(
    doc,
    revision.link,
    revision,
    was === strength ? undefined : { kind: 'strength', strength: was },
  )
}

function redraw(doc: Y.Doc, revision: Revision): void {
  const from = linkEnds(revision.link)?.from
  if (from === undefined || revision.to === undefined) return
  const instead = linkId(from, revision.to)
  const wasThere = linksMap(doc).get(instead) === true
  setAbsent(doc, revision.link)
  setPresent(doc, instead)
  const orders = redrawings(revisionsIn(doc)).map(({ before }) => before.order)
  const order = Math.max(0, ...orders) + 1
  setEvidence(doc, instead, revision, { kind: 'redrawn', link: revision.link, wasThere, order })
}

function setEvidence(doc: Y.Doc, link: string, revision: Revision, before: Before | undefined): void {
  const { change, cycle, label, why } = revision
  linksMap(doc).set(keyOf(link, cycle), {
    kind: 'cycle',
    text: label,
    documentId: cycle,
    change,
    ...(why === '' ? {} : { why }),
    ...(before === undefined ? {} : { before }),
  })
}

/**
 * Takes back what a cycle made of a link, as far as it still stands: what others have changed since stays as they left it,
 * and what another cycle found as well stays as long as that one says so. Where nothing of it stands, nothing happens.
 */
export function withdrawRevision(edit: Edit, doc: Y.Doc, link: string, cycle: string): void {
  edit(() => takeBack(doc, link, cycle))
}

function takeBack(doc: Y.Doc, link: string, cycle: string): void {
  const idea = linkEnds(link)?.from
  const ofIdea = revisionsIn(doc).filter(({ on }) => linkEnds(on)?.from === idea)
  const others = ofIdea.filter((each) => each.cycle !== cycle)
  for (const { on, before } of ofIdea.filter((each) => each.cycle === cycle)) {
    linksMap(doc).delete(keyOf(on, cycle))
    if (before?.kind === 'redrawn') takeBackRedrawing(doc, on, before, others)
    if (before?.kind === 'strength') takeBackStrength(doc, on, before, others)
  }
}

function takeBackRedrawing(doc: Y.Doc, on: string, before: Redrawn, others: readonly StoredRevision[]): void {
  /** Who has taken the link away after it was drawn at `order`. */
  const takenAfter = (order: number) =>
    redrawings(others).find((other) => other.before.link === on && other.before.order > order)
  const further = takenAfter(before.order)
  if (further !== undefined && !before.wasThere) {
    // Another cycle has let the idea lead on from there: it is that one now that took the first link away.
    const isBack = further.on === before.link
    setBefore(doc, further, isBack ? undefined : { ...further.before, link: before.link })
    return
  }
  const onSame = others.filter(
    (other) =>
      other.on === on && (other.before?.kind !== 'redrawn' || takenAfter(other.before.order) === undefined),
  )
  // Another cycle says the same and had changed nothing: it takes over what this one found.
  const same = onSame.find((other) => other.change === 'redraw' && other.before === undefined)
  if (same !== undefined) {
    setBefore(doc, same, before)
    return
  }
  if (onSame.length === 0 && !before.wasThere) setAbsent(doc, on)
  // Another cycle drew the same link, and found it there: from now on it stands for that one alone.
  const [heir] = before.wasThere ? [] : redrawings(onSame)
  if (heir !== undefined) setBefore(doc, heir, { ...heir.before, wasThere: false })
  setPresent(doc, before.link)
}

function redrawings(revisions: readonly StoredRevision[]) {
  return revisions.flatMap(({ before, ...revision }) =>
    before?.kind === 'redrawn' ? [{ ...revision, before }] : [],
  )
}

/**
 * There are two strengths, and each cycle that changed one found the other. Where the link is still as this cycle left it, and
 * no other cycle says so too, it becomes what it was. Otherwise it stays, and the others remember what leads back to where it
 * began: one that had changed nothing takes over what this one found, or one that changed it the other way has changed nothing.
 */
function takeBackStrength(
  doc: Y.Doc,
  on: string,
  before: StrengthBefore,
  others: readonly StoredRevision[],
): void {
  const made: Strength = before.strength === 'weak' ? 'strong' : 'weak'
  const asks = (strength: Strength) =>
    others.filter((other) => other.on === on && strengthAfter[other.change] === strength)
  const standing = strengthAt(doc, on) === made ? asks(made) : []
  if (strengthAt(doc, on) === made && standing.length === 0) {
    linksMap(doc).set(`${on}|strength`, before.strength)
    return
  }
  const heir = standing.find((other) => other.before === undefined)
  const contrary = asks(before.strength).find((other) => other.before !== undefined)
  if (heir !== undefined) setBefore(doc, heir, before)
  else if (contrary !== undefined) setBefore(doc, contrary, undefined)
}

function setBefore(doc: Y.Doc, { on, cycle }: StoredRevision, before: Before | undefined): void {
  const { before: _, ...evidence } = linksMap(doc).get(keyOf(on, cycle)) as Record<string, unknown>
  linksMap(doc).set(keyOf(on, cycle), before === undefined ? evidence : { ...evidence, before })
}

/** What cycles have revised in this diagram. */
function revisionsIn(doc: Y.Doc): readonly StoredRevision[] {
  const found: StoredRevision[] = []
  for (const [key, value] of mapAt(doc, 'links')?.entries() ?? []) {
    const at = key.indexOf(`|${evidenceKey}`)
    if (at < 0 || typeof value !== 'object' || value === null) continue
    const { change, before } = value as Record<string, unknown>
    const known = oneOf(linkChanges, change)
    if (known === undefined) continue
    const cycle = key.slice(at + 1 + evidenceKey.length)
    found.push({ on: key.slice(0, at), cycle, change: known, ...readBefore(before) })
  }
  return found
}

function readBefore(value: unknown): { readonly before?: Before } {
  if (typeof value !== 'object' || value === null) return {}
  const { kind, strength, link, wasThere, order } = value as Record<string, unknown>
  if (kind === 'strength') {
    const known = oneOf(strengths, strength)
    return known === undefined ? {} : { before: { kind, strength: known } }
  }
  const taken = textOf(link)
  if (kind !== 'redrawn' || taken === undefined || linkEnds(taken) === undefined) return {}
  return { before: { kind, link: taken, wasThere: wasThere === true, order: Number(order) || 0 } }
}

/** What a cycle's finding makes of a link. */
const strengthAfter: Readonly<Record<LinkChange, Strength | undefined>> = {
  strengthen: 'strong',
  weaken: 'weak',
  redraw: undefined,
}

/** How strong a link is said to be, also one that was removed meanwhile. */
const strengthAt = (doc: Y.Doc, link: string): Strength =>
  linksMap(doc).get(`${link}|strength`) === 'weak' ? 'weak' : 'strong'

const keyOf = (link: string, cycle: string): string => `${link}|${evidenceKey}${cycle}`
