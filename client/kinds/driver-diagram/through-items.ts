import { counted } from '#shared/counted.ts'
import { aimInShort } from '#shared/kinds/driver-diagram/aim.ts'
import { aimId, type Column } from '#shared/kinds/driver-diagram/model.ts'
import type { ThroughItem } from '../../ui/ThroughLine.tsx'
import type { Diagram } from './create-diagram.ts'
import type { Selection } from './selection.ts'

/**
 * What stands on the through-line above a diagram: how much there is of each, and once a card is chosen, the way from
 * that card to the aim by its first links.
 */
export function throughItems(documentId: string, diagram: Diagram, selection: Selection): ThroughItem[] {
  const way = wayOf(diagram, selection.card())
  const hrefOf = (card: string | undefined) =>
    card === undefined ? {} : { href: `/documents/${documentId}#${card}` }
  const titleOf = (card: string | undefined) =>
    card === undefined ? undefined : diagram.card(card)?.title.trim()
  const driver = way.secondary ?? way.primary
  const hereIs =
    selection.card() === undefined ? 'aim' : (diagram.card(selection.card() as string)?.column ?? 'aim')
  const items: ThroughItem[] = [
    {
      station: 'aim',
      label: aimInShort(diagram.aim(), diagram.card(aimId)?.title ?? '') || 'not written yet',
      ...hrefOf(aimId),
      ...here(hereIs === 'aim'),
    },
    {
      station: 'driver',
      label: titleOf(driver) || driverCount(diagram),
      ...hrefOf(driver ?? diagram.inColumn('primary')[0]),
      ...here(hereIs === 'primary' || hereIs === 'secondary'),
    },
    {
      station: 'idea',
      label: titleOf(way.idea) || counted(diagram.inColumn('idea').length, 'idea'),
      ...hrefOf(way.idea ?? diagram.inColumn('idea')[0]),
      ...here(hereIs === 'idea'),
    },
  ]
  return items.filter((item) => item.href !== undefined)
}

const here = (isHere: boolean) => (isHere ? { here: true } : {})

function wayOf(diagram: Diagram, from: string | undefined): Partial<Record<Column, string>> {
  const way: Partial<Record<Column, string>> = {}
  for (let id = from, steps = 0; id !== undefined && steps < 4; steps++) {
    const column = diagram.card(id)?.column
    if (column) way[column] = id
    id = diagram.parents(id)[0]?.to
  }
  return way
}

function driverCount(diagram: Diagram): string {
  const below = diagram.inColumn('secondary').length
  const drivers = counted(diagram.inColumn('primary').length, 'driver')
  return below === 0 ? drivers : `${drivers}, ${below} below`
}
