import type { Accessor, Component, JSX } from 'solid-js'
import type { DocumentDetail } from '#shared/document.ts'
import type { Fact } from '#shared/fact.ts'
import type { Station } from '#shared/kinds/kind.ts'
import type { Network } from '#shared/network.ts'
import type { Me } from '#shared/people.ts'
import type { Side } from '../form/MarkedWords.tsx'
import type { OpenDocument } from '../sync/open-document.ts'
import type { IconName } from '../ui/Icon.tsx'
import type { ThroughItem } from '../ui/ThroughLine.tsx'
import type { BoardView, Summarized } from './board-view.ts'

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
  /**
   * Names the actual pieces on the through-line; stations left out say "none yet". Documents that stand on `part`, or on
   * any part where none is given, are added by the page.
   */
  setThroughLine(items: readonly ThroughItem[], part?: string): void
  /** Further entries of the export menu, after the files that the server makes. */
  setExports(actions: readonly ExportAction[]): void
  /** The account whose avatar was clicked: the body keeps in sight what they work at. */
  readonly following: Accessor<string | undefined>
  /** Ends following, when the reader goes their own way. */
  stopFollowing(): void
  /** What other documents stand on a part of this one, in short, and the beginning of another one. */
  readonly Carried: Component<CarriedProps>
}

export interface CarriedProps {
  readonly part: string
  /** Where that part stands on the through-line, and what it is called. */
  readonly station: Station
  readonly label: string
}

export interface BodyProps {
  readonly open: OpenDocument
  readonly detail: DocumentDetail
  readonly network: Network
  readonly me: Me
  readonly frame: Frame
}

/** How lists and boards show documents of a kind without opening them: from the fact that the kind projects for this. */
export interface SummaryView {
  /** The name of that fact. */
  readonly fact: string
  /** Where the document stands and what came of it, in a line. */
  readonly Line: Component<{ readonly value: Fact['value'] }>
  /** All that stand on one part of a document, as the path that they make. Loaded when it is asked for. */
  readonly Ramp?: Component<RampProps>
  /** A team's documents by where they stand. Fetched when a board is opened. */
  board?(): Promise<BoardView>
}

export interface RampProps {
  readonly documents: readonly Summarized[]
  readonly network: Network
}

/** Two moments of a document beside each other, or one alone. */
export interface ComparedProps {
  /** The earlier moment as its kind reads it; undefined where nothing is compared. */
  readonly before: unknown
  /** The later moment. */
  readonly after: unknown
  readonly side: Side
  readonly network: Network
  /** What the drawing is called. */
  readonly label: string
  /** The part that the reader asks about, such as who wrote it. */
  readonly chosen: string | undefined
  onChoose(part: string | undefined): void
  /** What is said of the chosen part: stands below the drawing. */
  readonly ofChosen: JSX.Element
}

/** What the browser needs of a kind of document. */
export interface KindView {
  /** Fetched when a document of this kind is opened; `preload` begins at once, while its content is on the way. */
  readonly Body: Component<BodyProps> & { preload?(): unknown }
  /** A small drawing for lists, and for templates: `template` is the id of the one it stands beside. */
  readonly Picture: Component<{ readonly template?: string }>
  readonly summary?: SummaryView
  /** What is asked where one is started that stands on a part of another document: which part that is. */
  readonly originQuestion?: string
  /** How a copy is offered that does not take everything over: the menu's entry, and what it takes in a sentence. */
  readonly copy?: { readonly label: string; readonly sentence: string }
  /** One page on paper, at `/documents/:id/print`. Loaded when it is asked for. */
  readonly Print?: Component<BodyProps>
  /** How two moments differ, where that is more than words: what moved, what was linked. Loaded when it is asked for. */
  readonly Compared?: Component<ComparedProps>
}
