import * as Y from 'yjs'
import { align } from '#shared/content/align.ts'
import { restoreText } from './restore-text.ts'

export interface Restoring {
  /** Entries of root maps (`cycle/stage`) that steps of the server write: where a document stands is not its content. */
  readonly ofSteps: readonly string[]
  /** Whose name stands on what is hidden. */
  readonly accountId: string
}

/**
 * Makes `live` say what `past` says, as edits like any other: the smallest ones that do it, in a document of any kind. What
 * was made since is hidden, never deleted, with its words (Y4); everything else is set, typed or taken away where it differs,
 * so that what others write at that moment stays (H4, I8).
 */
export function restoreTo(live: Y.Doc, past: Y.Doc, { ofSteps, accountId }: Restoring): void {
  const roots = pairRoots(live, past)
  const hidden = new Set<string>()
  for (const { name, type, before } of roots) {
    if (!(type instanceof Y.Map) || !(before instanceof Y.Map)) continue
    restoreRootMap({ name, live: type, past: before, ofSteps, accountId, hidden })
  }
  for (const { name, type, before } of roots) {
    // The words of what is hidden stay with it.
    if (!(type instanceof Y.Map) && !hidden.has(ownerIn(name))) restoreContent(type, before)
  }
}

/** `notes/<id>`, `questions/because/<id>`: texts of an item end in its id. */
const ownerIn = (root: string): string => root.slice(root.lastIndexOf('/') + 1)

type Root = Y.Map<unknown> | Y.Text | Y.XmlFragment

interface Pair {
  readonly name: string
  readonly type: Root
  readonly before: Root
}

/** Roots of both documents; one that holds nothing in either says nothing of what it is, and is left alone. */
function pairRoots(live: Y.Doc, past: Y.Doc): readonly Pair[] {
  return [...new Set([...live.share.keys(), ...past.share.keys()])].flatMap((name) => {
    const sort = sortOf(live.share.get(name)) ?? sortOf(past.share.get(name))
    if (sort === undefined) return []
    return [{ name, type: rootOf(live, name, sort), before: rootOf(past, name, sort) }]
  })
}

type Sort = 'map' | 'text' | 'fragment'

/** What a root is, which an encoded document does not say: by what is in it. */
function sortOf(root: ReturnType<Y.Doc['share']['get']>): Sort | undefined {
  if (root === undefined) return undefined
  if (root._map.size > 0) return 'map'
  for (let item = root._start; item !== null; item = item.right) {
    if (item.deleted) continue
    return item.content instanceof Y.ContentType ? 'fragment' : 'text'
  }
  return undefined
}

function rootOf(doc: Y.Doc, name: string, sort: Sort): Root {
  if (sort === 'map') return doc.getMap(name)
  return sort === 'text' ? doc.getText(name) : doc.getXmlFragment(name)
}

interface RootMaps extends Restoring {
  readonly name: string
  readonly live: Y.Map<unknown>
  readonly past: Y.Map<unknown>
  readonly hidden: Set<string>
}

function restoreRootMap({ name, live, past, ofSteps, accountId, hidden }: RootMaps): void {
  const isLeft = (key: string) => ofSteps.includes(`${name}/${key}`)
  for (const [key, value] of past.entries()) if (!isLeft(key)) restoreEntry(live, key, value)
  for (const [key, value] of [...live.entries()]) {
    if (past.has(key) || isLeft(key)) continue
    if (value instanceof Y.Map) {
      hidden.add(key)
      hide(value, accountId)
    } else if (!(value instanceof Y.AbstractType)) live.delete(key)
  }
}

/** Y4: whoever removed it before is still the one who did. */
function hide(item: Y.Map<unknown>, accountId: string): void {
  const removed = item.get('removed')
  if (removed === undefined || removed === false) item.set('removed', accountId)
}

function restoreEntry(live: Y.Map<unknown>, key: string, value: unknown): void {
  const now = live.get(key)
  if (value instanceof Y.AbstractType) {
    if (now instanceof Y.AbstractType) restoreContent(now, value)
    // Only another program deletes what holds words (Y4): what it took is made again.
    else live.set(key, value.clone())
  } else if (JSON.stringify(now) !== JSON.stringify(value)) live.set(key, value)
}

function restoreContent(live: unknown, past: unknown): void {
  if (live instanceof Y.XmlElement && past instanceof Y.XmlElement) restoreAttributes(live, past)
  if (live instanceof Y.Map && past instanceof Y.Map) restoreItem(live, past)
  else if (live instanceof Y.Text && past instanceof Y.Text) restoreText(live, past)
  else if (live instanceof Y.XmlFragment && past instanceof Y.XmlFragment) restoreBlocks(live, past)
}

/** An item of a collection: what it did not have then is taken away, but no text that was born with it. */
function restoreItem(live: Y.Map<unknown>, past: Y.Map<unknown>): void {
  for (const [key, value] of past.entries()) restoreEntry(live, key, value)
  for (const [key, value] of [...live.entries()]) {
    if (!past.has(key) && !(value instanceof Y.AbstractType)) live.delete(key)
  }
}

function restoreAttributes(live: Y.XmlElement, past: Y.XmlElement): void {
  const [now, then] = [live.getAttributes(), past.getAttributes()]
  for (const [name, value] of Object.entries(then)) {
    if (JSON.stringify(now[name]) !== JSON.stringify(value)) live.setAttribute(name, value as string)
  }
  for (const name of Object.keys(now)) if (!(name in then)) live.removeAttribute(name)
}

type Block = Y.XmlElement | Y.XmlText

function restoreBlocks(live: Y.XmlFragment, past: Y.XmlFragment): void {
  const aligned = align(blocksOf(live), blocksOf(past), likeness)
  let at = 0
  for (const { before, after } of aligned) {
    if (after === undefined) live.delete(at, 1)
    else if (before === undefined) live.insert(at, [after.clone() as Block])
    else restoreContent(before, after)
    if (after !== undefined) at++
  }
}

const blocksOf = (fragment: Y.XmlFragment): readonly Block[] =>
  fragment
    .toArray()
    .filter((block): block is Block => block instanceof Y.XmlElement || block instanceof Y.XmlText)

/** 1 for the same block; the share of words that both have for blocks of one sort, so that a changed one is kept and mended. */
function likeness(before: Block, after: Block): number {
  if (before.constructor !== after.constructor) return 0
  if (before instanceof Y.XmlElement && before.nodeName !== (after as Y.XmlElement).nodeName) return 0
  const [one, other] = [before.toString(), after.toString()]
  if (one === other) return 1
  const [words, others] = [wordsIn(one), wordsIn(other)]
  const shared = [...words].filter((word) => others.has(word)).length
  return Math.min(0.99, 0.05 + shared / Math.max(1, words.size, others.size))
}

const wordsIn = (block: string): ReadonlySet<string> => new Set(block.match(/[\p{L}\p{N}]+/gu) ?? [])
