import { createRoot } from 'solid-js'
import { afterEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { plainEdit } from '#shared/kinds/edit.ts'
import { setChoice } from '#shared/kinds/pdsa-cycle/edits.ts'
import { type Cycle, readCycle, shortText } from '#shared/kinds/pdsa-cycle/model.ts'
import { fillCycle, parseSeed } from '#shared/kinds/pdsa-cycle/seed.ts'
import { summaryOf } from '#shared/kinds/pdsa-cycle/summary.ts'
import { createModel } from '../../client/kinds/pdsa-cycle/create-model.ts'
import type { Through } from '../../client/kinds/pdsa-cycle/create-through.ts'
import { gistOf } from '../../client/kinds/pdsa-cycle/gist.ts'
import { hashOf, shortHash } from '../../client/kinds/pdsa-cycle/hash.ts'
import { anchorOf, pageStageAt, partIn } from '../../client/kinds/pdsa-cycle/parts.ts'
import { rampSteps, wayThrough } from '../../client/kinds/pdsa-cycle/ramp-steps.ts'
import { sealedBy } from '../../client/kinds/pdsa-cycle/seal-words.ts'
import { throughItems } from '../../client/kinds/pdsa-cycle/through-items.ts'

let dispose = () => {}
afterEach(() => {
  dispose()
  vi.useRealTimers()
})

function cycleDoc(content: object = {}): Y.Doc {
  const doc = new Y.Doc()
  fillCycle(doc, parseSeed(content))
  return doc
}

const cycle = (content: object = {}): Cycle => readCycle(cycleDoc(content))

describe('the model of an open cycle', () => {
  it('follows a choice at once and what is typed a moment later, or when it is asked for', () => {
    vi.useFakeTimers()
    const doc = cycleDoc()
    const { model, flush } = createRoot((end) => {
      dispose = end
      return createModel(doc)
    })
    setChoice(plainEdit(doc), doc, 'belief', 'low')
    expect(model().belief).toBe('low')
    shortText(doc, 'site').insert(0, 'Eastfield')
    expect(model().texts.site).toBe('')
    vi.advanceTimersByTime(300)
    expect(model().texts.site).toBe('Eastfield')
    shortText(doc, 'site').insert(9, ' Middle')
    flush()
    expect(model().texts.site).toBe('Eastfield Middle')
  })
})

describe('a part that a check names', () => {
  it.each([
    ['question/q1', 'questions/q1', 'plan'],
    ['verdict/q1', 'questions/q1/verdict', 'study'],
    ['stakeholders', 'consulted', 'plan'],
    ['scale', 'scale', 'plan'],
    ['observations', 'observations', 'do'],
    ['learned', 'learned', 'study'],
    ['decision', 'decision', 'act'],
  ])('%s is at %s, under %s', (part, anchor, stage) => {
    expect(anchorOf(part)).toBe(anchor)
    expect(pageStageAt(part)).toBe(stage)
    expect(pageStageAt(anchor)).toBe(stage)
  })
})

it('an address names a part, encoded or not', () => {
  expect(['#tasks', '#question%2Fq1', '#100%', ''].map(partIn)).toEqual(['tasks', 'question/q1', '100%', ''])
})

describe('a stage that is folded says in one line', () => {
  it('what is in it', () => {
    const written = cycle({
      rich: {
        actions: ['Text at 7:15, call at 7:30.'],
        learned: ['The call helps.'],
        changes: ['Text first.'],
      },
      carriedOut: 'partly',
      observations: [{ text: 'Four answered.' }, { text: ' ' }],
      decision: 'adapt',
      expand: true,
    })
    expect(gistOf('plan', written, {})).toBe('Text at 7:15, call at 7:30.')
    expect(gistOf('do', written, {})).toBe('Partly as planned. 1 observation.')
    expect(gistOf('study', written, {})).toBe('The call helps.')
    expect(gistOf('act', written, {})).toBe('Adapt, and on a larger scale: Text first.')
  })

  it('what it is for, while it is empty', () => {
    expect((['plan', 'do', 'study', 'act'] as const).map((stage) => gistOf(stage, cycle(), {}))).toEqual([
      'What you will try, and what you expect to happen.',
      'Carry it out, and write down what you see.',
      'What you predicted beside what happened.',
      'Adopt, adapt or abandon.',
    ])
  })
})

describe('the through-line above a cycle', () => {
  const idea = { kind: 'open', id: 'diagram', title: 'Fewer missed days', isArchived: false } as const
  const words = (through: Through) =>
    throughItems(cycle({ number: 3 }), through, 'Text first').map(({ label }) => label)

  it('names the aim, the driver next to the idea, the idea and this cycle, and leads to them', () => {
    const parts = [
      { station: 'aim', part: 'aim', label: '19 %' },
      { station: 'driver', part: 'p', label: 'Partnership' },
      { station: 'driver', part: 's', label: 'Welcoming contact' },
      { station: 'idea', part: 'i', label: 'Nurse calls' },
    ] as const
    const items = throughItems(cycle({ texts: { site: 'Eastfield' } }), { idea: { ...idea, parts } }, '')
    expect(items.map(({ label }) => label)).toEqual([
      '19 %',
      'Welcoming contact',
      'Nurse calls',
      '1, Eastfield',
    ])
    expect(items[1]?.href).toBe('/documents/diagram#s')
  })

  it('says what is private to others, and what is no longer there', () => {
    expect(words({ idea: { kind: 'private', to: 'Alder Creek', parts: [] } })).toContain(
      'private to Alder Creek',
    )
    expect(words({ idea: { kind: 'private', parts: [] } })).toContain('private')
    expect(words({ idea: { ...idea, parts: [] } })).toContain('no longer on its diagram')
    expect(words({})).toEqual(['3, Text first'])
  })
})

describe('the ramp above a cycle', () => {
  const idea = { documentId: 'diagram', part: 'i' }
  const of = (documentId: string, content: object) => ({
    documentId,
    summary: summaryOf(cycle({ idea, ...content }), { stage: 'closed' }),
  })
  const cycles = [
    of('one', { number: 1, scaleStep: 'one' }),
    of('two', { number: 2, scaleStep: 'three', continues: 'one' }),
    of('elsewhere', { number: 1, scaleStep: 'five' }),
    of('cloned', { number: 2, scaleStep: 'three', clonedFrom: { documentId: 'one', title: '' } }),
    of('after', { number: 3, scaleStep: 'all', continues: 'cloned' }),
  ]
  const way = (id: string) => wayThrough(cycles, id).map(({ documentId }) => documentId)

  it('is the way to it and on from it, a clone after the cycle whose plan it took over', () => {
    expect(way('one')).toEqual(['one', 'two'])
    expect(way('after')).toEqual(['one', 'cloned', 'after'])
    expect(way('elsewhere')).toEqual(['elsewhere'])
  })

  it('rises with the scales that occur on it, and says where a plan was carried over', () => {
    const steps = rampSteps(wayThrough(cycles, 'after'))
    expect(steps.map(({ rise }) => rise)).toEqual([0, 1, 2])
    expect(steps.map(({ isCarried }) => isCarried)).toEqual([false, true, false])
  })
})

describe('a seal', () => {
  const person = (name: string) => ({ id: name, name, color: 1 as const })
  const by = person('Hank')
  const said = (...others: string[]) => sealedBy({ by, present: [by, ...others.map(person)] })

  it('names who made it and who was there', () => {
    expect(said()).toBe('Hank')
    expect(said('Priya')).toBe('Hank with Priya')
    expect(said('Priya', 'Nora')).toBe('Hank with Priya and Nora')
    expect(said('Priya', 'Nora', 'Lena')).toBe('Hank with Priya and 2 others')
  })

  it('is marked by the SHA-256 of its text, as sha256sum gives it', () => {
    const hash = hashOf('{"cycle":"é"}')
    expect(hash).toBe('d904b7ec60515b24d8e4243ba044e0e15d3cec4cd56a9ed9cd340649b63c8c65')
    expect(shortHash(hash)).toMatch(/^\w{4} \w{4} \w{4}$/)
  })
})
