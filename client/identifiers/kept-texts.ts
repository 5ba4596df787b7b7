import type { Identifier } from '#shared/identifiers/identifier.ts'

/** What someone said is no identifier, so that they are not asked again. */
export interface KeptTexts {
  has(identifier: Identifier, text: string): boolean
  keep(found: readonly Identifier[], text: string): void
}

const kept = new Map<string, Set<string>>()

/**
 * The kept texts of a person in a document (or another `scope`), for as long as this page is open and nowhere else: what
 * may be a student's must not be stored in order to remember that it is none.
 */
export function keptTextsOf(accountId: string, scope: string): KeptTexts {
  const place = `${accountId}/${scope}`
  const texts = kept.get(place) ?? new Set<string>()
  kept.set(place, texts)
  return {
    has: (identifier, text) => texts.has(keyOf(identifier, text)),
    keep: (found, text) => {
      for (const identifier of found) texts.add(keyOf(identifier, text))
    },
  }
}

/** A list is known by its first line: whoever said that it is none may go on writing it. */
function keyOf({ kind, from, to }: Identifier, text: string): string {
  const [firstLine = ''] = text.slice(from, to).trim().split('\n', 1)
  return `${kind} ${firstLine.trim()}`
}
