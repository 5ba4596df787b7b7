import { columnNames, statusNames } from '#shared/kinds/driver-diagram/model.ts'
import type { Page } from './page.ts'

/** A card as those hear it who do not see it: "Change idea: Ride pool, proposed, leads to Practical barriers." */
export function describeCard(page: Pick<Page, 'diagram' | 'peopleAt' | 'proposals'>, id: string): string {
  const { diagram } = page
  const card = diagram.card(id)
  if (!card) return ''
  const titleOf = (other: string) => diagram.card(other)?.title.trim() || 'a card without words'
  const parts = [`${columnNames[card.column].one}: ${card.title.trim() || 'no words yet'}`]
  if (card.status) parts.push(statusNames[card.status].toLowerCase())
  if (card.gone) parts.push('removed')
  for (const link of diagram.parents(id)) {
    const how = `${link.strength === 'weak' ? 'weakly ' : ''}${link.polarity === 'hinders' ? 'hinders' : 'leads to'}`
    parts.push(`${how} ${card.column === 'primary' ? 'the aim' : titleOf(link.to)}`)
  }
  if (card.column !== 'aim' && diagram.parents(id).length === 0) parts.push('under nothing yet')
  if (page.proposals.atCard(id).length > 0) parts.push('a change is proposed here')
  for (const person of page.peopleAt(id))
    parts.push(`${person.name} is ${person.writing ? 'writing ' : ''}here`)
  return parts.join(', ')
}
