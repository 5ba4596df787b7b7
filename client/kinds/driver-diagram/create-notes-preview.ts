import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js'
import type * as Y from 'yjs'
import { plainLines } from '#shared/content/blocks.ts'
import { readRichText } from '#shared/content/rich-text.ts'

/** The words of a rich text, one line each, live; without the editor. */
export function createNotesPreview(fragment: Accessor<Y.XmlFragment>): Accessor<readonly string[]> {
  const [lines, setLines] = createSignal<readonly string[]>([])
  createEffect(() => {
    const source = fragment()
    const read = () => setLines(plainLines(readRichText(source)).filter((line) => line.trim() !== ''))
    read()
    source.observeDeep(read)
    onCleanup(() => source.unobserveDeep(read))
  })
  return lines
}
