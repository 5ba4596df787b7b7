import { createComputed, createRoot, createSignal } from 'solid-js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { addCard, removeCard, setStatus } from '#shared/kinds/driver-diagram/edits.ts'
import { setLink } from '#shared/kinds/driver-diagram/link-edits.ts'
import { cardTitle, linkId } from '#shared/kinds/driver-diagram/model.ts'
import { fillDiagram, parseSeed } from '#shared/kinds/driver-diagram/seed.ts'
import { plainEdit } from '#shared/kinds/edit.ts'
import { createDiagram, type Diagram } from '../../client/kinds/driver-diagram/create-diagram.ts'
import type { OpenDocument } from '../../client/sync/open-document.ts'

/** Frames that are drawn when the test says so. */
let frames: (() => void)[] = []
const nextFrame = () => {
  for (const draw of frames.splice(0)) draw()
}
beforeEach(() => {
  Object.assign(globalThis, {
    requestAnimationFrame: (draw: () => void) => frames.push(draw),
    cancelAnimationFrame: (handle: number) => frames.splice(handle - 1, 1),
  })
})
let dispose: (() => void) | undefined
afterEach(() => {
  dispose?.()
  frames = []
})

interface Opened {
  readonly doc: Y.Doc
  readonly diagram: Diagram
  readonly standIn: (card: string | undefined) => void
  /** The id of the card with these words. */
  find(title: string): string
  /** How often `read` has been answered anew. */
  count(read: () => unknown): () => number
}

function open(ideas = 40): Opened {
  const doc = new Y.Doc()
  const cards = [
    { id: 'P', column: 'primary', title: 'Driver' },
    { id: 'S', column: 'secondary', title: 'Below it', leadsTo: ['P'] },
    ...Array.from({ length: ideas }, (_, index) => ({
      id: `C${index}`,
      column: 'idea',
      title: `Idea ${index}`,
      leadsTo: ['S'],
    })),
  ]
  fillDiagram(doc, parseSeed({ aim: { statement: 'Lower it to 19 %.' }, cards }))
  return createRoot((end) => {
    dispose = end
    const [standsIn, standIn] = createSignal<string>()
    const diagram = createDiagram({ doc } as OpenDocument, standsIn)
    return {
      doc,
      diagram,
      standIn,
      find: (title) => diagram.ids().find((id) => diagram.card(id)?.title === title) ?? '',
      count(read) {
        let times = -1
        createRoot(() =>
          createComputed(() => {
            read()
            times++
          }),
        )
        return () => times
      },
    }
  })
}

describe('the page’s picture of a diagram', () => {
  it('shows a typed letter at once, and wakes that card alone', () => {
    const { doc, diagram, find, count } = open()
    const [typed, other] = [find('Idea 3'), find('Idea 4')]
    const others = count(() => [diagram.card(other)?.title, diagram.place(other)?.y])
    const structure = count(() => [diagram.inColumn('idea'), diagram.layout(), diagram.ids()])
    cardTitle(doc, typed)?.insert(0, 'A')
    expect(diagram.card(typed)?.title).toBe('AIdea 3')
    nextFrame()
    expect(others()).toBe(0)
    expect(structure()).toBe(0)
  })

  it('makes the layout anew in the next frame when a title needs another line, once for many letters', () => {
    const { doc, diagram, find, count } = open()
    const id = find('Idea 3')
    const below = find('Idea 5')
    const before = diagram.place(below)?.y ?? 0
    const layouts = count(diagram.layout)
    for (let letter = 0; letter < 60; letter++) cardTitle(doc, id)?.insert(0, 'more ')
    expect(diagram.place(below)?.y).toBe(before)
    nextFrame()
    expect(layouts()).toBe(1)
    expect(diagram.place(id)?.lines.length).toBeGreaterThan(2)
    expect(diagram.place(below)?.y).toBeGreaterThan(before)
  })

  it('gathers a colleague’s changes for one frame, and draws a command’s at once', () => {
    const { doc, diagram, count } = open(2)
    const drawn = count(diagram.ids)
    const add = (title: string) => addCard(plainEdit(doc), doc, { column: 'primary', title })
    add('One')
    add('Two')
    expect(drawn()).toBe(0)
    nextFrame()
    expect(drawn()).toBe(1)
    const id = add('Three')
    diagram.flush()
    expect(diagram.card(id)?.title).toBe('Three')
    expect(frames).toEqual([])
  })

  it('keeps cards where they are in the page when their order changes, so that nobody loses the caret', () => {
    const { doc, diagram, find } = open(4)
    const before = diagram.ids()
    const id = find('Idea 0')
    removeCard(plainEdit(doc), doc, find('Idea 1'))
    nextFrame()
    expect(diagram.ids()).toEqual(before.filter((each) => diagram.card(each)))
    expect(diagram.inColumn('idea')[0]).toBe(id)
  })

  it('[Y4] keeps a card in sight that is removed while somebody stands in it, and says by whom', () => {
    const { doc, diagram, find, standIn } = open(3)
    const id = find('Idea 1')
    standIn(id)
    removeCard(plainEdit(doc), doc, id, 'account-of-rafael')
    nextFrame()
    expect(diagram.card(id)).toMatchObject({ title: 'Idea 1', gone: { by: 'account-of-rafael' } })
    expect(diagram.inColumn('idea')).not.toContain(id)
    cardTitle(doc, id)?.insert(0, 'Still: ')
    expect(diagram.card(id)?.title).toBe('Still: Idea 1')
    standIn(undefined)
    expect(diagram.card(id)).toBeUndefined()
  })

  it('takes over what is said of a card or a link without drawing the rest again', () => {
    const { doc, diagram, find, count } = open(3)
    const [idea, driver] = [find('Idea 1'), find('Below it')]
    const structure = count(() => [diagram.ids(), diagram.layout()])
    setStatus(plainEdit(doc), doc, idea, 'adopted')
    setLink(plainEdit(doc), doc, linkId(idea, driver), { strength: 'weak' })
    expect(diagram.card(idea)?.status).toBe('adopted')
    expect(diagram.parents(idea)[0]?.strength).toBe('weak')
    nextFrame()
    expect(structure()).toBe(0)
  })
})
