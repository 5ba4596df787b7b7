import { createRoot } from 'solid-js'
import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { Edit } from '#shared/kinds/edit.ts'
import { addRow, moveRow, readRows, removeRow, restoreRow, rowText } from '#shared/kinds/rows.ts'
import { createRows } from '../../client/form/create-rows.ts'
import { createEditorPlaces, type EditorPlace } from '../../client/form/editor-places.ts'
import { nextChoice } from '../../client/form/next-choice.ts'
import { pasteRows, readCells } from '../../client/form/paste-rows.ts'
import { whyNot } from '../../client/form/read-fields.ts'

const disposals: (() => void)[] = []
afterEach(() => {
  for (const dispose of disposals.splice(0)) dispose()
})

/** Runs `make` as the owner of what it makes, until the test ends. */
const owned = <T>(make: () => T): T =>
  createRoot((end) => {
    disposals.push(end)
    return make()
  })

describe('which of many long texts have an editor', () => {
  let idle: (() => void)[] = []
  const whenIdle = (work: () => void) => {
    idle.push(work)
    return () => {
      idle = idle.filter((each) => each !== work)
    }
  }
  /** Until there is nothing left to do. */
  const rest = () => {
    for (let next = idle.shift(); next !== undefined; next = idle.shift()) next()
  }
  const open = (count: number): EditorPlace[] => {
    idle = []
    return owned(() => {
      const places = createEditorPlaces(whenIdle)
      return Array.from({ length: count }, () => places.add())
    })
  }
  const live = (places: readonly EditorPlace[]) =>
    places.flatMap((place, index) => (place.isLive() ? [index] : []))

  it('is the one that someone goes into, at once', () => {
    const places = open(40)
    places[30]?.enter()
    expect(live(places)).toEqual([30])
  })

  it('are those in sight once there is nothing better to do, and never more than four', () => {
    const places = open(40)
    for (const place of places.slice(10, 18)) place.setNear(true)
    expect(live(places)).toEqual([])
    rest()
    expect(live(places)).toEqual([10, 11, 12, 13])
    places[17]?.enter()
    expect(live(places)).toHaveLength(4)
    expect(live(places)).toContain(17)
  })

  it('are no longer those out of sight, but still the one that is written in', () => {
    const places = open(40)
    places[0]?.setNear(true)
    places[1]?.setNear(true)
    rest()
    places[0]?.enter()
    for (const place of places.slice(0, 2)) place.setNear(false)
    places[20]?.setNear(true)
    rest()
    expect(live(places)).toEqual([0, 20])
    places[0]?.leave()
    rest()
    expect(live(places)).toEqual([20])
  })
})

describe('rows of a co-edited list', () => {
  const texts = ['what', 'who']
  function openList() {
    const doc = new Y.Doc()
    const undo = new Y.UndoManager(doc, { trackedOrigins: new Set(['own']), captureTimeout: 0 })
    const edit: Edit = (change, { tracked = true } = {}) =>
      doc.transact(change, tracked ? 'own' : 'untracked')
    const add = (what: string, after?: string) =>
      addRow(edit, doc, 'steps', { texts: { what, who: '' }, ...(after === undefined ? {} : { after }) })
    const words = () =>
      readRows(doc, 'steps').map(({ id }) => texts.map((name) => rowText(doc, 'steps', id, name)?.toString()))
    return { doc, undo, edit, add, words }
  }

  it('are followed in order; typing in one wakes nobody', () => {
    const { doc, edit, add } = openList()
    const one = add('one')
    const shown = owned(() => createRows(doc, 'steps'))
    let woken = 0
    const two = add('two')
    const around = (change: () => void) => {
      woken++
      change()
    }
    const kept = owned(() => createRows(doc, 'steps', { around }))
    rowText(doc, 'steps', one, 'what')?.insert(0, 'typed ')
    expect(woken).toBe(0)
    moveRow(edit, doc, 'steps', two, 0)
    expect(shown.ids()).toEqual([two, one])
    expect(kept.ids()).toEqual([two, one])
    expect(woken).toBe(1)
  })

  it('[Y4] one that a colleague removes stays while the reader stands in it, and says who removed it', () => {
    const { doc, edit, add } = openList()
    const row = add('one')
    let isStanding = true
    const shown = owned(() => createRows(doc, 'steps', { isKept: () => isStanding }))
    removeRow(edit, doc, 'steps', row, 'hank')
    expect(shown.ids()).toEqual([row])
    expect(shown.goneBy(row)).toBe('hank')
    restoreRow(edit, doc, 'steps', row)
    expect(shown.goneBy(row)).toBe(undefined)
    removeRow(edit, doc, 'steps', row, 'hank')
    isStanding = false
    shown.refresh()
    expect(shown.ids()).toEqual([])
  })

  it('are pasted from a spreadsheet: an empty row is filled, others follow, and one undo takes all of it back', () => {
    const { doc, undo, edit, add, words } = openList()
    const first = add('', undefined)
    add('last')
    const cells = readCells('Print the list\tClerk\nCall\tNurse\n\n') ?? []
    expect(pasteRows(edit, doc, { list: 'steps', texts, row: first, column: 'what' }, cells)).toBe(1)
    expect(words()).toEqual([
      ['Print the list', 'Clerk'],
      ['Call', 'Nurse'],
      ['last', ''],
    ])
    undo.undo()
    expect(words()).toEqual([
      ['', ''],
      ['last', ''],
    ])
  })

  it('pasted into a row that holds words come after it, from the column in which they were pasted', () => {
    const { doc, edit, add, words } = openList()
    const first = add('Print the list')
    pasteRows(edit, doc, { list: 'steps', texts, row: first, column: 'who' }, [
      ['Clerk'],
      ['Nurse', 'too far'],
    ])
    expect(words()).toEqual([
      ['Print the list', ''],
      ['', 'Clerk'],
      ['', 'Nurse'],
    ])
  })

  it('one word, or a line with an end, is no table', () => {
    expect(readCells('Friday')).toBe(undefined)
    expect(readCells('Friday\n')).toBe(undefined)
    expect(readCells('a\tb')).toEqual([['a', 'b']])
    expect(readCells('"a\nb"\tc')).toEqual([['a b', 'c']])
  })
})

describe('a number', () => {
  it.each([
    ['unreadable', {}, 'Write a number, such as 24.3.'],
    ['unreadable', { such: '28' }, 'Write a number, such as 28.'],
    [101, { min: 0, max: 100 }, 'Write a number from 0 to 100.'],
    [-1, { min: 0 }, 'Write a number that is not below 0.'],
    [7, { max: 5 }, 'Write a number that is not above 5.'],
    [28, { min: 0, max: 100 }, undefined],
    [undefined, { min: 1 }, undefined],
  ] as const)('%j within %j: %j', (value, range, sentence) => {
    expect(whyNot(value, range)).toBe(sentence)
  })
})

describe('one choice of a few', () => {
  it('is reached by arrows, around both ends; with nothing chosen one begins at the first', () => {
    expect(nextChoice('ArrowRight', 0, 3)).toBe(1)
    expect(nextChoice('ArrowRight', 2, 3)).toBe(0)
    expect(nextChoice('ArrowLeft', 0, 3)).toBe(2)
    expect(nextChoice('ArrowDown', -1, 3)).toBe(1)
    expect(nextChoice('Enter', 0, 3)).toBe(undefined)
  })
})
