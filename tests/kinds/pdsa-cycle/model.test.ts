import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { cycleMap, readCycle } from '../../../shared/kinds/pdsa-cycle/model.ts'
import { rowMap } from '../../../shared/kinds/rows.ts'
import { firstQuestion, fullPlan } from './cycles.ts'
import { newCycle } from './people.ts'

describe('reading what another version wrote', () => {
  it.each([
    ['sureBefore', 140, 100],
    ['sureAfter', -3, 0],
    ['sureAfter', '60', undefined],
    ['number', 2.6, 3],
    ['number', -1, 1],
    ['number', 'two', 1],
    ['start', '14 January', undefined],
    ['decision', 'postpone', undefined],
    ['consulted', 'yes', undefined],
    ['continues', '', undefined],
  ])('%s: %j is read as %j', (name, written, read) => {
    const doc = newCycle(fullPlan)
    cycleMap(doc).set(name, written)
    expect(readCycle(doc)).toHaveProperty('questions')
    expect(readCycle(doc)[name as 'number']).toBe(read)
  })

  it('takes no idea of which half is missing', () => {
    const doc = newCycle(fullPlan)
    cycleMap(doc).delete('ideaPart')
    expect(readCycle(doc).idea).toBeUndefined()
  })

  it('keeps a confidence within its bounds, and takes no number that is none', () => {
    const doc = newCycle(fullPlan)
    const { id } = firstQuestion(readCycle(doc))
    rowMap(doc, 'questions', id)?.set('confidence', 250)
    rowMap(doc, 'questions', id)?.set('low', Number.NaN)
    expect(firstQuestion(readCycle(doc)).confidence).toBe(100)
    expect(firstQuestion(readCycle(doc)).low).toBeUndefined()
  })

  it('of an empty document is a first cycle with nothing in it', () => {
    const { texts, rich, ...rest } = readCycle(new Y.Doc())
    expect(rest).toEqual({ number: 1, questions: [], tasks: [], data: [], observations: [], points: [] })
    expect(new Set(Object.values(texts))).toEqual(new Set(['']))
    expect(Object.values(rich).flat()).toEqual([])
  })
})
