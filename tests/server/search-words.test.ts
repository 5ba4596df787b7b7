import { describe, expect, it } from 'vitest'
import { holdsAll, markWords, matchExpression, readWords } from '../../server/search/words.ts'

const marked = (text: string, typed: string, most?: number) =>
  markWords(text, readWords(typed), most)
    .map(({ text, isMatch }) => (isMatch ? `[${text}]` : text))
    .join('')

describe('what someone types', () => {
  it('becomes quoted words that must all be there, the last one perhaps not finished', () => {
    expect(matchExpression(readWords('nurse  calls\thom'))).toBe('"nurse" AND "calls" AND "hom"*')
  })

  it('is never an expression of the index', () => {
    expect(matchExpression(readWords('NEAR(a b) OR "x* -text:y ^z'))).toBe(
      '"NEAR a" AND "b" AND "OR" AND "x" AND "text y" AND "z"*',
    )
    expect(readWords(' "" *** - ( ')).toEqual([])
  })
})

describe('a title', () => {
  it('is found by all of its words in any order, without regard to case and accents', () => {
    expect(holdsAll('Fewer missed school days', readWords('DAYS missed'))).toBe(true)
    expect(holdsAll('Café für alle', readWords('fur cafe al'))).toBe(true)
    expect(holdsAll('Fewer missed school days', readWords('missed nurse'))).toBe(false)
  })

  it('is found by the beginning of the last word alone', () => {
    expect(holdsAll('Fewer missed school days', readWords('fewer miss'))).toBe(true)
    expect(holdsAll('Fewer missed school days', readWords('few missed'))).toBe(false)
  })

  it('is found by a word of several parts only where they stand together', () => {
    expect(holdsAll('The follow-up call', readWords('follow-up'))).toBe(true)
    expect(holdsAll('What we follow comes up', readWords('follow-up'))).toBe(false)
  })
})

describe('a passage', () => {
  it('has each of the words marked, whole, and nothing else', () => {
    expect(marked('Nurse calls home; nurses call twice.', 'call nurse')).toBe(
      '[Nurse] calls home; [nurses] [call] twice.',
    )
    expect(marked('Ärzte und ärztliche Hilfe', 'arzt')).toBe('[Ärzte] und [ärztliche] Hilfe')
  })

  it('is one line, whatever it was in the document', () => {
    expect(marked('  one\n two\t three ', 'two')).toBe('one [two] three')
  })

  it('is cut between words around the first of those that were looked for', () => {
    const text = `${'before '.repeat(60)}needle ${'after '.repeat(60)}`
    const said = marked(text, 'needle', 100)
    expect(said).toMatch(/^… (before )+\[needle\] (after )+…$/)
    expect(said.length).toBeLessThan(110)
    expect(marked(`needle ${'after '.repeat(60)}`, 'needle', 60)).toMatch(/^\[needle\] (after )+…$/)
    expect(marked(`${'before '.repeat(60)}needle`, 'needle', 60)).toMatch(/^… (before )+\[needle\]$/)
  })

  it('that has a word longer than itself is cut all the same', () => {
    const said = marked(`${'x'.repeat(500)} needle ${'y'.repeat(500)}`, 'needle', 60)
    expect(said).toContain('[needle]')
    expect(said.length).toBeLessThan(80)
  })
})
