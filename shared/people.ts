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

/** The color that someone gets who has not chosen one: spread evenly, and the same wherever it is worked out. */
export function colorFor(id: string): PersonColor {
  let sum = 0
  for (const character of id) sum = (sum * 31 + character.charCodeAt(0)) >>> 0
  return personColors[sum % personColors.length] ?? 1
}
