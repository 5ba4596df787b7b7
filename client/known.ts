import type { DocumentSummary } from '#shared/document.ts'
import type { Network } from '#shared/network.ts'

/** What was read of networks since this page opened: shown at once when one comes back, until the newer answer is there. */
export const knownNetworks = new Map<string, Network>()
export const knownDocuments = new Map<string, readonly DocumentSummary[]>()

/** The next person may see something else. */
export function forgetNetworks(): void {
  knownNetworks.clear()
  knownDocuments.clear()
}
