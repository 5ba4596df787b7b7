import { commonPasswords, commonWords } from './common-passwords.ts'

const shortestPassword = 10
// Longer ones would only make hashing slow.
const longestPassword = 200

/** What is wrong with a new password, in a sentence; undefined when it will do. */
export function passwordProblem(
  password: string,
  { email, name }: { email: string; name: string },
): string | undefined {
  const characters = [...password]
  if (characters.length < shortestPassword) return `Use at least ${shortestPassword} characters.`
  if (characters.length > longestPassword) return `Use at most ${longestPassword} characters.`
  if (isRepetitive(password))
    return 'This repeats itself, so it is easy to guess. Three unusual words do well.'
  if (isSequence(password)) return 'Rows of keys or digits are guessed first. Three unusual words do well.'
  if (namesPerson(password, email, name)) return 'Your name or address is in it, so it is easy to guess.'
  if (isCommon(password))
    return 'Many people use this one, so it is guessed first. Three unusual words do well.'
  return undefined
}

function isRepetitive(password: string): boolean {
  const small = password.toLowerCase()
  return new Set(small).size < 4 || /^(.{1,6}?)\1+$/su.test(small)
}

const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'azertyuiop',
]
const neighbors = new Set(
  rows.flatMap((row) => pairs(row).flatMap(([left, right]) => [left + right, right + left])),
)

function isSequence(password: string): boolean {
  const steps = pairs(password.toLowerCase())
  const inRow = steps.filter(([left, right]) => left === right || neighbors.has(left + right)).length
  return inRow >= steps.length * 0.75
}

function pairs(text: string): readonly (readonly [string, string])[] {
  const characters = [...text]
  return characters.slice(1).map((right, index) => [characters[index] ?? '', right])
}

function namesPerson(password: string, email: string, name: string): boolean {
  const written = lettersAndDigits(password)
  const names = [email.split('@')[0] ?? '', name].map(lettersAndDigits)
  return names.some((own) => own.length >= 4 && written.includes(own))
}

const lettersAndDigits = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

function isCommon(password: string): boolean {
  const small = password.toLowerCase()
  if (commonPasswords.has(small)) return true
  const bare = small.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  return [small, withLettersForDigits(small), withLettersForDigits(bare)].some((reading) => {
    const core = reading.replace(/[^\p{L}]/gu, '')
    return core.length > 0 && core.length >= reading.length - longestDecoration && isMadeOfWords(core)
  })
}

// "welcome" and a year, a sign or a birthday is still "welcome".
const longestDecoration = 8

const lookAlikes: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

const withLettersForDigits = (text: string): string =>
  text.replace(/[013457@$!]/g, (sign) => lookAlikes[sign] ?? sign)

/** Whether at most two common words, one after the other, are all there is. */
function isMadeOfWords(letters: string): boolean {
  if (commonWords.has(letters)) return true
  for (let cut = 1; cut < letters.length; cut += 1) {
    if (commonWords.has(letters.slice(0, cut)) && commonWords.has(letters.slice(cut))) return true
  }
  return false
}
