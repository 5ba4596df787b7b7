import * as Y from 'yjs'
import type { Block } from '../../content/blocks.ts'
import { writeRichText } from '../../content/rich-text.ts'
import { keyBetween } from '../order.ts'
import { fillRow, readRows, rowMap, rowRich } from '../rows.ts'
import {
  type Cycle,
  cycleMap,
  type ListName,
  lists,
  questionRichFields,
  richFields,
  richText,
  shortFields,
  shortText,
} from './model.ts'
import { fieldsOf, parseSeed, scalarsOf } from './seed.ts'

/**
 * What someone of the sample network wrote at one moment: a part of a cycle's file. Texts that it names replace what stood
 * there; of a list its first row goes on with the first that is there already, and so on. Times are local ones.
 *
 * @param timeAt milliseconds of a local time of the network, `2024-09-16T12:08`
 */
export function writeSample(doc: Y.Doc, act: unknown, timeAt: (local: string) => number): void {
  const file = act as Readonly<Record<string, unknown>>
  const written = parseSeed(withTimes(file, timeAt))
  doc.transact(() => {
    writeScalars(doc, written)
    const texts = named(file.texts)
    for (const field of shortFields)
      if (texts.has(field)) writeWords(shortText(doc, field), written.texts[field])
    const rich = named(file.rich)
    for (const field of richFields)
      if (rich.has(field)) writeBlocks(richText(doc, field), written.rich[field])
    for (const list of Object.keys(lists) as ListName[])
      writeRows(doc, list, written[list], (file[list] ?? []) as readonly object[])
  })
}

const named = (part: unknown): ReadonlySet<string> => new Set(Object.keys((part ?? {}) as object))

/** Observations are dated as a clock on the wall shows it. */
function withTimes(file: Readonly<Record<string, unknown>>, timeAt: (local: string) => number): unknown {
  const observations = file.observations as readonly { readonly at?: unknown }[] | undefined
  if (observations === undefined) return file
  return {
    ...file,
    observations: observations.map((row) =>
      typeof row.at === 'string' ? { ...row, at: timeAt(row.at) } : row,
    ),
  }
}

/** Which cycle of its ramp it is, and what it stands on, is not for an act to say. */
function writeScalars(doc: Y.Doc, written: Cycle): void {
  const { number: _, ...scalars } = scalarsOf(written)
  for (const [name, value] of Object.entries(scalars)) if (value !== undefined) cycleMap(doc).set(name, value)
}

function writeWords(text: Y.Text, words: string): void {
  text.delete(0, text.length)
  text.insert(0, words)
}

function writeBlocks(fragment: Y.XmlFragment, blocks: readonly Block[]): void {
  fragment.delete(0, fragment.length)
  writeRichText(fragment, blocks)
}

function writeRows(doc: Y.Doc, list: ListName, rows: Cycle[ListName], files: readonly object[]): void {
  // What was seen is added to what was seen before; of the other lists a row goes on where it stands.
  const standing = list === 'observations' || list === 'points' ? [] : readRows(doc, list)
  rows.forEach((row, index) => {
    const { texts, scalars } = fieldsOf(list, row)
    const says = named(files[index])
    const id =
      standing[index]?.id ??
      fillRow(doc, list, { order: keyBetween(readRows(doc, list).at(-1)?.order, undefined), texts, scalars })
    const map = rowMap(doc, list, id)
    for (const [name, value] of Object.entries(scalars)) if (value !== undefined) map?.set(name, value)
    for (const [name, words] of Object.entries(texts)) {
      const text = map?.get(name)
      if (says.has(name) && text instanceof Y.Text && text.toString() !== words) writeWords(text, words)
    }
    if (list !== 'questions') return
    const question = row as Cycle['questions'][number]
    for (const field of questionRichFields)
      if (says.has(field)) writeBlocks(rowRich(doc, list, field, id), question[field])
  })
}
