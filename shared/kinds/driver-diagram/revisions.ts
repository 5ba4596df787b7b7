import type * as Y from 'yjs'
import type { Edit } from '../edit.ts'
import { mapAt, oneOf, textOf } from '../roots.ts'
import { setAbsent, setPresent } from './edits.ts'
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
type Before =
  | { readonly kind: 'strength'; readonly strength: Strength }
  /** The link that it took away; `wasThere`: the one in its place stood already. */
  | { readonly kind: 'redrawn'; readonly link: string; readonly wasThere: boolean }

interface StoredRevision {
  /** The link that carries the evidence. */
  readonly on: string
  readonly before?: Before
}

/** Revises a link. What the same cycle had made of it or of another link of its idea gives way. */
export function reviseLink(edit: Edit, doc: Y.Doc, revision: Revision): void {
  edit(() => {
    takeBack(doc, revision.link, revision.cycle)
    if (readLink(doc, revision.link) === undefined) return
    if (revision.change === 'redraw') redraw(doc, revision)
    else setStrength(doc, revision, revision.change === 'strengthen' ? 'strong' : 'weak')
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
  setEvidence(doc, instead, revision, { kind: 'redrawn', link: revision.link, wasThere })
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
 * Takes back what a cycle made of a link, as far as it still stands: what others have changed since stays as they left it.
 * Where nothing of it stands, nothing happens.
 */
export function withdrawRevision(edit: Edit, doc: Y.Doc, link: string, cycle: string): void {
  edit(() => takeBack(doc, link, cycle))
}

function takeBack(doc: Y.Doc, link: string, cycle: string): void {
  for (const stored of revisionsOf(doc, link, cycle)) {
    linksMap(doc).delete(keyOf(stored.on, cycle))
    if (stored.before !== undefined) bringBack(doc, stored.on, stored.before)
  }
}

function bringBack(doc: Y.Doc, on: string, before: Before): void {
  if (before.kind === 'redrawn') {
    if (!before.wasThere) setAbsent(doc, on)
    setPresent(doc, before.link)
    return
  }
  // There are two strengths: one that others changed since is what it was before already.
  linksMap(doc).set(`${on}|strength`, before.strength)
}

/** What this cycle revised: this link, or one of the same idea that now stands in for another. */
function revisionsOf(doc: Y.Doc, link: string, cycle: string): readonly StoredRevision[] {
  const from = linkEnds(link)?.from
  const suffix = `|${evidenceKey}${cycle}`
  const found: StoredRevision[] = []
  for (const [key, value] of mapAt(doc, 'links')?.entries() ?? []) {
    if (!key.endsWith(suffix) || typeof value !== 'object' || value === null) continue
    const on = key.slice(0, -suffix.length)
    if (linkEnds(on)?.from !== from) continue
    const { change, before } = value as Record<string, unknown>
    if (oneOf(linkChanges, change) !== undefined) found.push({ on, ...readBefore(before) })
  }
  return found
}

function readBefore(value: unknown): { readonly before?: Before } {
  if (typeof value !== 'object' || value === null) return {}
  const { kind, strength, link, wasThere } = value as Record<string, unknown>
  if (kind === 'strength') {
    const known = oneOf(strengths, strength)
    return known === undefined ? {} : { before: { kind, strength: known } }
  }
  const taken = textOf(link)
  if (kind !== 'redrawn' || taken === undefined || linkEnds(taken) === undefined) return {}
  return { before: { kind, link: taken, wasThere: wasThere === true } }
}

/** How strong a link is said to be, also one that was removed meanwhile. */
const strengthAt = (doc: Y.Doc, link: string): Strength =>
  linksMap(doc).get(`${link}|strength`) === 'weak' ? 'weak' : 'strong'

const keyOf = (link: string, cycle: string): string => `${link}|${evidenceKey}${cycle}`
