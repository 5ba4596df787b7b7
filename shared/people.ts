/** People's colors are numbers: `--person-1` to `--person-8` of the theme. Only on avatars, rings and carets. */
export const personColors = [1, 2, 3, 4, 5, 6, 7, 8] as const
export type PersonColor = (typeof personColors)[number]

/** Someone with an account, as others may see them. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly color: PersonColor
}

/** What the browser knows of the person who is signed in. */
export interface Me extends Person {
  readonly email: string
}

/** Two letters for an avatar: of the first and the last name, without titles and ranks. */
export function initials(name: string): string {
  const words = name
    .replace(/[’']s\b/g, '')
    .split(/\s+/)
    .filter((word) => word !== '' && !/^(dr|mr|mrs|ms|sgt|judge|prof)\.?$/i.test(word))
  const first = words[0]?.[0] ?? '?'
  const last = words.length > 1 ? (words[words.length - 1]?.[0] ?? '') : ''
  return (first + last).toUpperCase()
}

/** The first name of someone, for a flag that must be short. A title ("Dr.", "Sgt.") is no name. */
export function firstName(name: string): string {
  const words = name.split(/\s+/).filter((word) => !/^(dr|mr|mrs|ms|sgt|judge|prof)\.?$/i.test(word))
  return words[0] ?? name
}

/**
 * The color that a newcomer gets: the one that fewest people have, so that the first eight all differ. `used` holds one
 * entry for each person who is there already.
 */
export function colorForNext(used: readonly number[]): PersonColor {
  const uses = (color: PersonColor) => used.filter((other) => other === color).length
  return [...personColors].sort((a, b) => uses(a) - uses(b) || a - b)[0] ?? 1
}
