import { describe, expect, it } from 'vitest'
import { type Compared, suggestVerdict } from '../../client/kinds/pdsa-cycle/suggest-verdict.ts'

const grade6: Compared = {
  predicted: { number: 28, low: 25, high: 31 },
  result: 33,
  before: 39,
  unit: '%',
}

describe('what the numbers say of a verdict', () => {
  it('is that a result within the range matched, its ends included', () => {
    for (const result of [25, 28, 31])
      expect(suggestVerdict({ ...grade6, result })?.verdict, String(result)).toBe('matched')
  })

  it('is worse on the side of where the team came from, and better beyond what it hoped for', () => {
    expect(suggestVerdict(grade6)).toEqual({
      verdict: 'worse',
      sentence: '33\u00a0% lies above the range that you gave, on the side of where you came from.',
    })
    expect(suggestVerdict({ ...grade6, result: 20 })?.verdict).toBe('better')
    const replies: Compared = { predicted: { number: 4 }, result: 5, before: 1, unit: 'replies' }
    expect(suggestVerdict(replies)?.verdict).toBe('better')
    expect(suggestVerdict({ ...replies, result: 2 })?.verdict).toBe('worse')
  })

  it('leaves better or worse to people where nothing says which way is better', () => {
    for (const before of [undefined, 28]) {
      const said = suggestVerdict({ ...grade6, before })
      expect(said?.verdict).toBeUndefined()
      expect(said?.sentence).toContain('better or worse, you know')
    }
  })

  it('takes a prediction without a range at its word', () => {
    expect(suggestVerdict({ ...grade6, predicted: { number: 33 } })).toEqual({
      verdict: 'matched',
      sentence: '33\u00a0% is what you predicted.',
    })
    expect(suggestVerdict({ ...grade6, predicted: { number: 32.9 } })?.verdict).toBe('worse')
  })

  it('holds a range for what it is when it was written the wrong way round or beside its number', () => {
    expect(suggestVerdict({ ...grade6, predicted: { number: 28, low: 31, high: 35 } })?.verdict).toBe(
      'matched',
    )
  })

  it('cannot tell anything of a question that was not predicted before Do', () => {
    expect(suggestVerdict({ ...grade6, predicted: undefined })?.verdict).toBe('cannot-tell')
  })

  it('says nothing before there are two numbers to compare', () => {
    expect(suggestVerdict({ ...grade6, result: undefined })).toBeUndefined()
    expect(suggestVerdict({ ...grade6, predicted: {} })).toBeUndefined()
  })
})
