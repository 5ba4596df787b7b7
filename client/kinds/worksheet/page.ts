import { type Accessor, createContext, useContext } from 'solid-js'
import type { DocumentDetail } from '#shared/document.ts'
import type { Workspace } from '#shared/kinds/worksheet/checks.ts'
import type { Network } from '#shared/network.ts'
import type { Me } from '#shared/people.ts'
import type { OpenDocument } from '../../sync/open-document.ts'
import type { NameOf } from './create-named.ts'
import type { Sheet } from './create-sheet.ts'

/** The window that lies over the page. */
export type OpenDialog =
  | { readonly kind: 'guidance'; readonly section: string }
  | { readonly kind: 'table'; readonly after: string | undefined }
  | { readonly kind: 'link'; readonly section: string }
  | { readonly kind: 'diagram' }

/** What the parts of an open worksheet share. */
export interface Page {
  readonly open: OpenDocument
  readonly me: Me
  readonly network: Network
  readonly detail: Accessor<DocumentDetail>
  readonly sheet: Sheet
  /** Whether the worksheet's other wording is shown. */
  readonly isOther: Accessor<boolean>
  /** What is there already in the network, for the checks; undefined until it is known, or while nobody asks. */
  readonly workspace: Accessor<Workspace | undefined>
  /** The names of documents that the worksheet names. */
  readonly nameOf: NameOf
  readonly dialog: Accessor<OpenDialog | undefined>
  openDialog(dialog: OpenDialog | undefined): void
  /** Puts the keyboard into a section: its text, or its heading where it has none yet. */
  goTo(section: string, place?: 'heading' | 'text'): void
  /** Says something to those who hear the page. */
  say(sentence: string): void
}

export const PageContext = createContext<Page>()

export function usePage(): Page {
  const page = useContext(PageContext)
  if (!page) throw new Error('A part of the worksheet was drawn outside of its page.')
  return page
}
