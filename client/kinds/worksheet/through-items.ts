import { kinds } from '#shared/kinds/index.ts'
import { firstLine } from '#shared/kinds/worksheet/answers.ts'
import { findByKey } from '#shared/kinds/worksheet/model.ts'
import type { ThroughItem } from '../../ui/ThroughLine.tsx'
import type { Page } from './page.ts'

/** A worksheet stands at the aim: what it says of it, and what was made out of its answers. */
export function throughItems({ open, sheet, detail, nameOf }: Page): ThroughItem[] {
  const { sections, became } = sheet.worksheet
  const aim = findByKey(sections, 'aim')
  const answer = aim === undefined ? '' : firstLine(aim)
  const items: ThroughItem[] = [
    {
      station: 'aim',
      label: answer || (aim === undefined ? detail().title : 'not written yet'),
      here: true,
      ...(aim === undefined ? {} : { href: `/documents/${open.id}#${aim.id}` }),
    },
  ]
  for (const { documentId } of became) {
    const made = nameOf(documentId)
    if (made === undefined || 'privateTo' in made) continue
    const { station } = kinds[made.kind]
    if (items.every((item) => item.station !== station))
      items.push({ station, label: made.title, href: made.href })
  }
  return items
}
