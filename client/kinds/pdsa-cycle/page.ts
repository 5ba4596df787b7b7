import { type Accessor, createContext, useContext } from 'solid-js'
import type { DocumentDetail } from '#shared/document.ts'
import type { Cycle, Stage } from '#shared/kinds/pdsa-cycle/model.ts'
import type { Network } from '#shared/network.ts'
import type { Me } from '#shared/people.ts'
import type { Records } from '#shared/records.ts'
import type { OpenDocument } from '../../sync/open-document.ts'

/** What the parts of an open cycle share. */
export interface Page {
  readonly open: OpenDocument
  readonly me: Me
  readonly network: Network
  readonly detail: Accessor<DocumentDetail>
  /** The cycle as it is now. What is chosen shows at once, what is typed a moment after the last key. */
  readonly model: Accessor<Cycle>
  /** Brings the model up to what is typed, before something is decided by it. */
  flush(): void
  /** The records as this reader may see them; empty until they are here. */
  readonly records: Accessor<Records>
  /** Whether the records are here, from the server or as this device remembers them. */
  readonly hasRecords: Accessor<boolean>
  /** Where the cycle stands, as its records say; without any, as the document says it. */
  readonly stage: Accessor<Stage>
  /** Reads the records again after a change that was made here. */
  readonly reloadRecords: () => Promise<void>
  /** Opens what is folded around a part of the cycle, and goes to its field. */
  goTo(part: string): void
  /** Says something to those who hear the page. */
  say(sentence: string): void
}

export const PageContext = createContext<Page>()

export function usePage(): Page {
  const page = useContext(PageContext)
  if (!page) throw new Error('A part of the cycle was drawn outside of its page.')
  return page
}
