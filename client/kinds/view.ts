import type { Accessor, Component } from 'solid-js'
import type { DocumentDetail } from '#shared/document.ts'
import type { Network } from '#shared/network.ts'
import type { Me } from '#shared/people.ts'
import type { OpenDocument } from '../sync/open-document.ts'
import type { IconName } from '../ui/Icon.tsx'
import type { ThroughItem } from '../ui/ThroughLine.tsx'

/** A way to take a document out that only its body can offer, such as a picture of what is drawn. */
export interface ExportAction {
  readonly label: string
  readonly icon?: IconName
  /** It makes a file; the others bring something in. */
  readonly takesOut?: true
  readonly run: () => void
}

/** What the page around a document's body offers it. */
export interface Frame {
  /** An element in the document's head for the body's own tools: `<Portal mount={frame.tools()}>`. */
  readonly tools: Accessor<HTMLElement | undefined>
  /** Names the actual pieces on the through-line; stations left out say "none yet". */
  setThroughLine(items: readonly ThroughItem[]): void
  /** Further entries of the export menu, after the files that the server makes. */
  setExports(actions: readonly ExportAction[]): void
  /** The account whose avatar was clicked: the body keeps in sight what they work at. */
  readonly following: Accessor<string | undefined>
  /** Ends following, when the reader goes their own way. */
  stopFollowing(): void
}

export interface BodyProps {
  readonly open: OpenDocument
  readonly detail: DocumentDetail
  readonly network: Network
  readonly me: Me
  readonly frame: Frame
}

/** What the browser needs of a kind of document. */
export interface KindView {
  /** Fetched when a document of this kind is opened; `preload` begins at once, while its content is on the way. */
  readonly Body: Component<BodyProps> & { preload?(): unknown }
  /** A small drawing for lists and templates. */
  readonly Picture: Component
  /** One page on paper, at `/documents/:id/print`. Loaded when it is asked for. */
  readonly Print?: Component<BodyProps>
}
