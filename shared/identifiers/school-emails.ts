import { type Identifier, type IdentifierContext, identifierOf } from './identifier.ts'

const ofName = /[\p{L}\p{N}._%+'’-]/u
const ofDomain = /[\p{L}\p{N}.-]/u

/** Addresses at one of the network's school domains, or at a domain below one. */
export function findSchoolEmails(text: string, { schoolDomains }: IdentifierContext): readonly Identifier[] {
  if (schoolDomains.length === 0) return []
  const found: Identifier[] = []
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    let from = at
    while (from > 0 && ofName.test(text[from - 1] ?? '')) from -= 1
    let to = at + 1
    while (to < text.length && ofDomain.test(text[to] ?? '')) to += 1
    // A sentence may end behind it.
    while (text[to - 1] === '.') to -= 1
    const domain = text.slice(at + 1, to).toLowerCase()
    if (from < at && schoolDomains.some((own) => domain === own || domain.endsWith(`.${own}`)))
      found.push(identifierOf('school-email', { from, to }))
  }
  return found
}
