import { type JSX, lazy, Suspense } from 'solid-js'
import { Skeleton } from '../ui/Skeleton.tsx'
import type { RichTextProps } from './RichTextEditor.tsx'

const Editor = lazy(async () => ({ default: (await import('./RichTextEditor.tsx')).RichTextEditor }))

/** Fetches the editor. From then on `RichText` draws it at once, in the same moment in which it is asked for. */
export const loadRichText = (): Promise<unknown> => Editor.preload()

/**
 * Text with emphasis, lists and links that several people write at once, with their carets. The editor is fetched when the
 * first of them is shown. For another fragment make another component (`<Show keyed>`): it stays with its first one.
 */
export function RichText(props: RichTextProps): JSX.Element {
  return (
    <Suspense fallback={<Skeleton />}>
      <Editor {...props} />
    </Suspense>
  )
}
