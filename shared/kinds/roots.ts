import * as Y from 'yjs'
import type { Block } from '../content/blocks.ts'
import { readRichText } from '../content/rich-text.ts'

/*
 * Reading what may have been written by another version: nothing here throws, and nothing makes a type that is not there.
 * Root types are where singletons and long texts live: asking for one never conflicts with what a colleague does (Y2).
 */

export function mapAt(doc: Y.Doc, name: string): Y.Map<unknown> | undefined {
  return rootAt(doc, name, () => doc.getMap(name))
}

export function textAt(doc: Y.Doc, name: string): string {
  return rootAt(doc, name, () => doc.getText(name))?.toString() ?? ''
}

export function richAt(doc: Y.Doc, name: string): readonly Block[] {
  const fragment = rootAt(doc, name, () => doc.getXmlFragment(name))
  return fragment === undefined || fragment.length === 0 ? [] : readRichText(fragment)
}

function rootAt<T>(doc: Y.Doc, name: string, get: () => T): T | undefined {
  if (!doc.share.has(name)) return undefined
  try {
    return get()
  } catch {
    // Another version gave this name to another type of content.
    return undefined
  }
}

/** A text that is not empty, or undefined. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

export const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined

/** One of `known`, or undefined for anything else. */
export const oneOf = <T extends string>(known: readonly T[], value: unknown): T | undefined =>
  known.find((each) => each === value)

/** A day `2025-12-31` or a month `2025-12`. */
export const datePattern = /^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$/

export const dateOf = (value: unknown): string | undefined =>
  typeof value === 'string' && datePattern.test(value) ? value : undefined

/** The string that a shared text holds, or '' for anything else. */
export const wordsOf = (value: unknown): string => (value instanceof Y.Text ? value.toString() : '')
