import type { Accessor } from 'solid-js'
import { removeCard } from '#shared/kinds/driver-diagram/edits.ts'
import type { Proposal, Records } from '#shared/records.ts'
import { asRefusal } from '../../api.ts'
import { decideProposal, runAction } from '../../records.ts'
import type { OpenDocument } from '../../sync/open-document.ts'
import type { Load } from '../../ui/load.tsx'
import { showToast } from '../../ui/toasts.tsx'

/** Changes that someone asks for who may only comment here: where they wait, and what becomes of them. */
export interface Proposals {
  readonly all: Accessor<readonly Proposal[]>
  /** Those that are about a link. */
  atLink(link: string): readonly Proposal[]
  /** All that are about a card and its links. */
  atCard(card: string): readonly Proposal[]
  accept(proposal: Proposal): Promise<void>
  decline(proposal: Proposal): Promise<void>
}

export function createProposals(open: OpenDocument, records: Load<Records>): Proposals {
  const all = () => records.data()?.proposals ?? []

  async function decide(proposal: Proposal, accept: boolean): Promise<boolean> {
    try {
      await decideProposal(proposal.id, accept)
      return true
    } catch (thrown) {
      showToast({ text: asRefusal(thrown).message })
      return false
    } finally {
      // Also after a refusal: someone else was faster, or what it is about has changed.
      await records.reload()
    }
  }

  return {
    all,
    atLink: (link) => all().filter((proposal) => linkOf(proposal) === link),
    atCard: (card) => all().filter(({ part }) => part === card),
    async accept(proposal) {
      if (!(await decide(proposal, true))) return
      const takeBack = undoOf(open, proposal)
      showToast({
        text: 'Accepted. The diagram has changed.',
        ...(takeBack && { action: { label: 'Undo', run: takeBack } }),
      })
    },
    async decline(proposal) {
      if (await decide(proposal, false)) showToast({ text: 'Declined. The diagram stays as it is.' })
    },
  }
}

/** The link that a proposal is about, where it is about one. */
export const linkOf = ({ args }: Proposal): string | undefined => textOf(args, 'link')

/** What takes an accepted change back; undefined where there is no such thing. */
function undoOf(open: OpenDocument, { action, args }: Proposal): (() => void) | undefined {
  const [link, cycle, id] = [textOf(args, 'link'), textOf(args, 'cycle'), textOf(args, 'id')]
  if (action === 'add-idea' && id !== undefined) return () => void removeCard(open.edit, open.doc, id)
  if (action !== 'revise-link' || link === undefined || cycle === undefined) return undefined
  return () =>
    void runAction(open.id, 'withdraw-revision', { link, cycle }).catch((thrown: unknown) => {
      showToast({ text: asRefusal(thrown).message })
    })
}

function textOf(args: unknown, name: string): string | undefined {
  const value = typeof args === 'object' && args !== null ? Reflect.get(args, name) : undefined
  return typeof value === 'string' ? value : undefined
}
