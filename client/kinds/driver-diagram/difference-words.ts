import type {
  CardDifference,
  DiagramDifferences,
  FieldDifference,
  LinkDifference,
} from '#shared/kinds/driver-diagram/differences.ts'
import { columnNames, type IdeaStatus, statusNames } from '#shared/kinds/driver-diagram/model.ts'
import { quoted } from './words.ts'

/** What a mark on a card or a link says; `changed` is said differently in words or fields. */
export type DifferenceSign = 'added' | 'removed' | 'moved' | 'changed'

export const signNames: Readonly<Record<DifferenceSign, string>> = {
  added: 'Added',
  removed: 'Removed',
  moved: 'Moved',
  changed: 'Changed',
}

/** The sign of a card: that it moved says more than that it was changed too. */
export function signOfCard(difference: CardDifference): DifferenceSign {
  if (difference.kind !== 'changed') return difference.kind
  return difference.movedFrom !== undefined || difference.isReordered ? 'moved' : 'changed'
}

/** What happened to a card in sentences, its title's own words aside. */
export function cardSentences(
  difference: CardDifference,
  nameOf: (owner: string) => string,
): readonly string[] {
  const { card } = difference
  const what = `${columnNames[card.column].one.toLowerCase()} ${quoted(card.title)}`
  if (difference.kind !== 'changed') return [`The ${what} was ${difference.kind}.`]
  const { movedFrom, isReordered, words, fields } = difference
  return [
    ...(movedFrom === undefined
      ? []
      : [
          `${quoted(card.title)} moved from ${columnNames[movedFrom].many} to ${columnNames[card.column].many}.`,
        ]),
    ...(isReordered
      ? [`The ${what} stands elsewhere among ${columnNames[card.column].many.toLowerCase()}.`]
      : []),
    ...(words === undefined ? [] : [`The words of a ${columnNames[card.column].one.toLowerCase()} changed:`]),
    ...fields.map((field) => `${quoted(card.title)}: ${fieldSentence(field, nameOf)}`),
  ]
}

/** What happened to a link in a sentence. */
export function linkSentence(difference: LinkDifference, titleOf: (card: string) => string): string {
  const { link } = difference
  const ends = `${quoted(titleOf(link.from))} to ${quoted(titleOf(link.to))}`
  if (difference.kind !== 'changed')
    return difference.kind === 'added'
      ? `A link was drawn from ${ends}.`
      : `The link from ${ends} was removed.`
  return `The link from ${ends}: ${difference.fields.map((field) => fieldSentence(field)).join(' ')}`
}

function fieldSentence({ field, before, after }: FieldDifference, nameOf = (value: string) => value): string {
  const value = (stored: string | undefined) => (stored ? valueInWords(field, stored, nameOf) : 'none')
  switch (field) {
    case 'notes':
      return 'the notes changed.'
    case 'why':
      return 'the reason changed.'
    case 'evidence':
      return 'the evidence changed.'
    default:
      return `${fieldNames[field]} was ${value(before)}, then ${value(after)}.`
  }
}

const fieldNames: Readonly<Record<Exclude<FieldDifference['field'], 'notes' | 'why' | 'evidence'>, string>> =
  {
    status: 'the status',
    owner: 'the owner',
    concept: 'the change concept',
    tags: 'the tags',
    strength: 'the strength',
    polarity: 'the effect',
    confidence: 'the confidence',
  }

function valueInWords(
  field: FieldDifference['field'],
  value: string,
  nameOf: (owner: string) => string,
): string {
  if (field === 'status') return statusNames[value as IdeaStatus].toLowerCase()
  if (field === 'owner') return nameOf(value)
  return field === 'confidence' ? `${value}\u00a0%` : value
}

/** How much differs, in a line. */
export function countsInWords({ cards, links }: Pick<DiagramDifferences, 'cards' | 'links'>): string {
  const signs = [
    ...cards.map((card) => ['card', signOfCard(card)] as const),
    ...links.map((link) => ['link', link.kind] as const),
  ]
  const counts = (['card', 'link'] as const).flatMap((what) =>
    (['added', 'removed', 'moved', 'changed'] as const).flatMap((sign) => {
      const count = signs.filter(([of, its]) => of === what && its === sign).length
      return count === 0 ? [] : [`${count} ${what}${count === 1 ? '' : 's'} ${sign}`]
    }),
  )
  return counts.length === 0 ? 'No card and no link differs.' : `${counts.join(', ')}.`
}
