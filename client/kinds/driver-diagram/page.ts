import { type Accessor, createContext, useContext } from 'solid-js'
import type { Network } from '#shared/network.ts'
import type { Me, Person } from '#shared/people.ts'
import type { OpenDocument } from '../../sync/open-document.ts'
import type { PresentPerson } from '../../sync/presence.ts'
import type { Frame } from '../view.ts'
import type { Commands } from './commands.ts'
import type { Diagram } from './create-diagram.ts'
import type { Proposals } from './create-proposals.ts'
import type { OpenDialog, ViewName } from './on-screen.ts'
import type { OutlineRow } from './outline-rows.ts'
import type { Selection } from './selection.ts'
import type { Viewport } from './viewport.ts'

/** What the parts of an open diagram share. */
export interface Page {
  readonly open: OpenDocument
  readonly me: Me
  readonly network: Network
  readonly diagram: Diagram
  readonly selection: Selection
  readonly viewport: Viewport
  readonly commands: Commands
  readonly proposals: Proposals
  /** What other documents stand on a card. */
  readonly Carried: Frame['Carried']
  readonly view: Accessor<ViewName>
  readonly rows: Accessor<readonly OutlineRow[]>
  readonly isPanelOpen: Accessor<boolean>
  /** Opens or closes the side panel; with a link, at what is said of it. */
  openPanel(isOpen: boolean, at?: { readonly link?: string | undefined }): void
  /** The link whose form is open in the panel. */
  readonly openLink: Accessor<string | undefined>
  setOpenLink(link: string | undefined): void
  /** Whether it was opened in order to say why. */
  readonly openLinkAtWhy: Accessor<boolean>
  readonly dialog: Accessor<OpenDialog | undefined>
  openDialog(dialog: OpenDialog | undefined): void
  /** Colleagues who stand in a card. */
  peopleAt(card: string): readonly PresentPerson[]
  /** Someone of the network by account, or undefined. */
  personOf(account: string): Person | undefined
  /** Says something to those who hear the page. */
  say(sentence: string): void
}

export const PageContext = createContext<Page>()

export function usePage(): Page {
  const page = useContext(PageContext)
  if (!page) throw new Error('A part of the diagram was drawn outside of its page.')
  return page
}
