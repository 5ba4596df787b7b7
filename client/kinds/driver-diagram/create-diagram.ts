import { type Accessor, batch, createEffect, createSignal, on, onCleanup, untrack } from 'solid-js'
import { createStore, reconcile } from 'solid-js/store'
import { type Check, checkDiagram } from '#shared/kinds/driver-diagram/checks.ts'
import {
  type CardPlace,
  type Layout,
  type LinkPlace,
  layoutDiagram,
  linesOf,
} from '#shared/kinds/driver-diagram/layout.ts'
import {
  type Aim,
  type Card,
  type Column,
  cardTitle,
  type Diagram as DiagramModel,
  type Link,
  readAim,
  readCard,
  readDiagram,
  readLink,
} from '#shared/kinds/driver-diagram/model.ts'
import { type DiagramChange, watchDiagram } from '#shared/kinds/driver-diagram/watch.ts'
import type { OpenDocument } from '../../sync/open-document.ts'

/** A card as the page holds it. Notes are read by their own editor, when they are opened. */
export interface PageCard extends Omit<Card, 'notes'> {
  /** Removed by somebody while this reader stands in it: shown until they leave or bring it back (Y4). */
  readonly gone?: { readonly by?: string }
}

/** The open diagram as the page draws it: every answer is reactive, and wakes only what it touches. */
export interface Diagram {
  /** Cards in the order in which the page first saw them: elements never move in the page, only on the canvas. */
  readonly ids: Accessor<readonly string[]>
  readonly linkIds: Accessor<readonly string[]>
  card(id: string): PageCard | undefined
  link(id: string): Link | undefined
  /** The ids of a column's cards, in order. */
  inColumn(column: Column): readonly string[]
  /** Links that leave a card toward the aim, in order of where they lead. */
  parents(id: string): readonly Link[]
  /** Links that reach a card from the ideas' side, in order of where they come from. */
  children(id: string): readonly Link[]
  place(id: string): CardPlace | undefined
  linkPlace(linkId: string): LinkPlace | undefined
  /** The whole layout; it is another one whenever anything came to stand elsewhere. */
  readonly layout: Accessor<Layout>
  readonly columnsAt: Accessor<Layout['columns']>
  readonly aim: Accessor<Aim>
  readonly checks: Accessor<readonly Check[]>
  /** The whole as plain data, for commands, dialogs and drawings. */
  model(): DiagramModel
  /** Draws at once what a command has just changed, so that the next key already finds it. */
  flush(): void
}

interface State {
  cards: Record<string, PageCard>
  links: Record<string, Link>
  places: Record<string, CardPlace>
  linkPlaces: Record<string, LinkPlace>
}

/**
 * Keeps the page's picture of a document. Characters typed in a title change that title at once and nothing else; the
 * layout is made again only when a title comes to need another number of lines. All other changes are gathered for one
 * frame.
 *
 * @param standsIn the card that this reader stands in, which stays in sight when somebody removes it
 */
export function createDiagram(open: OpenDocument, standsIn: Accessor<string | undefined>): Diagram {
  const { doc } = open
  let model = readDiagram(doc)
  const [state, setState] = createStore<State>({ cards: {}, links: {}, places: {}, linkPlaces: {} })
  const [ids, setIds] = createSignal<readonly string[]>([])
  const [linkIds, setLinkIds] = createSignal<readonly string[]>([])
  const [shape, setShape] = createSignal(indexOf(model), { equals: false })
  const [layout, setLayout] = createSignal<Layout>(layoutDiagram({ ...model, cards: [], links: [] }))
  const [aim, setAim] = createSignal<Aim>(model.aim)
  const [checks, setChecks] = createSignal<readonly Check[]>([])

  /** Titles that were typed since `model` was read. */
  const typed = new Set<string>()
  let isMoreThanWords = false
  const frame = createFrame(() => (isMoreThanWords ? draw() : place()))
  const settled = createPause(() => check(), 350)
  let isStale = false

  function currentModel(): DiagramModel {
    if (isStale) read()
    return model
  }

  function read(): void {
    model = readDiagram(doc)
    isStale = false
    typed.clear()
  }

  function draw(): void {
    const model = currentModel()
    isMoreThanWords = false
    const ghost = ghostOf(untrack(standsIn))
    batch(() => {
      const cards: Record<string, PageCard> = {}
      for (const { notes: _, ...card } of model.cards) cards[card.id] = card
      if (ghost) cards[ghost.id] = ghost
      const links = Object.fromEntries(model.links.map((link) => [link.id, link]))
      setState('cards', reconcile(cards))
      setState('links', reconcile(links))
      setIds((before) =>
        kept(
          before,
          model.cards.map((card) => card.id),
          cards,
        ),
      )
      setLinkIds((before) => kept(before, Object.keys(links), links))
      setShape(indexOf(model))
      setAim(model.aim)
      place()
      check()
    })
  }

  /** What stays as it was stays the same object, so that nobody loses the keyboard on its button. */
  function check(): void {
    setChecks((before) =>
      checkDiagram(currentModel()).map((now) => before.find((each) => isSameCheck(each, now)) ?? now),
    )
  }

  /** Makes the layout anew, with the titles as they are now. */
  function place(): void {
    frame.cancel()
    const cards = model.cards.map((card) =>
      typed.has(card.id) ? { ...card, title: untrack(() => state.cards[card.id]?.title ?? '') } : card,
    )
    const next = layoutDiagram({ ...model, cards })
    const places: Record<string, CardPlace> = Object.fromEntries(next.cards)
    for (const [id, last] of Object.entries(untrack(() => state.places))) {
      if (!(id in places) && untrack(() => state.cards[id]?.gone)) places[id] = { ...last }
    }
    batch(() => {
      setState('places', reconcile(places))
      setState('linkPlaces', reconcile(Object.fromEntries(next.links)))
      setLayout(next)
    })
  }

  function ghostOf(id: string | undefined): PageCard | undefined {
    if (id === undefined || model.cards.some((card) => card.id === id)) return undefined
    const card = readCard(doc, id)
    if (!card?.removed) return undefined
    const { notes: _, removed: __, removedBy, ...words } = card
    return { ...words, gone: removedBy === undefined ? {} : { by: removedBy } }
  }

  function follow(change: DiagramChange): void {
    isStale = true
    batch(() => {
      for (const id of change.cards) {
        const isOnlyTitle = change.titles.has(id)
        if (followCard(id, isOnlyTitle)) continue
        isMoreThanWords ||= !isOnlyTitle || !(id in state.cards)
        frame.request()
      }
      for (const id of change.links) {
        if (followLink(id)) continue
        isMoreThanWords = true
        frame.request()
      }
      if (change.aim) setAim(readAim(doc))
    })
    settled.request()
  }

  /** Takes over what changed in one card; false when more than this card must be drawn again. */
  function followCard(id: string, onlyTitle: boolean): boolean {
    const shown = untrack(() => state.cards[id])
    if (!shown) return false
    if (onlyTitle) {
      setState('cards', id, { title: cardTitle(doc, id)?.toString() ?? '' })
      typed.add(id)
    } else {
      const card = readCard(doc, id)
      if (!card || card.removed || shown.gone) return false
      if (shown.column !== card.column || shown.order !== card.order) return false
      const { notes: _, ...words } = card
      setState('cards', id, reconcile<PageCard, PageCard>(words))
    }
    return (
      shown.gone !== undefined ||
      untrack(() => state.places[id]?.lines.length === linesOf(state.cards[id] as PageCard).length)
    )
  }

  function followLink(id: string): boolean {
    const link = readLink(doc, id)
    if (!link || !untrack(() => state.links[id])) return false
    setState('links', id, reconcile(link))
    return true
  }

  /** What is said of links changes without a new index of them. */
  const linksNow = (links: readonly Link[] = none) => links.map((link) => state.links[link.id] ?? link)

  draw()
  onCleanup(watchDiagram(doc, follow))
  onCleanup(() => {
    frame.cancel()
    settled.cancel()
  })
  // Someone who leaves a card that was removed meanwhile no longer sees it.
  createEffect(
    on(standsIn, () => Object.values(state.cards).some((card) => card.gone) && draw(), { defer: true }),
  )

  return {
    ids,
    linkIds,
    card: (id) => state.cards[id],
    link: (id) => state.links[id],
    inColumn: (column) => shape().columns[column],
    parents: (id) => linksNow(shape().parents.get(id)),
    children: (id) => linksNow(shape().children.get(id)),
    place: (id) => state.places[id],
    linkPlace: (id) => state.linkPlaces[id],
    layout,
    columnsAt: () => layout().columns,
    aim,
    checks,
    model: currentModel,
    flush: () => {
      if (!frame.isWaiting()) return
      if (isMoreThanWords) draw()
      else place()
    },
  }
}

const none: readonly Link[] = []

interface Shape {
  readonly columns: Readonly<Record<Column, readonly string[]>>
  readonly parents: ReadonlyMap<string, readonly Link[]>
  readonly children: ReadonlyMap<string, readonly Link[]>
}

function indexOf({ cards, links }: DiagramModel): Shape {
  const parents = new Map<string, Link[]>()
  const children = new Map<string, Link[]>()
  const add = (to: Map<string, Link[]>, id: string, link: Link) => {
    const list = to.get(id)
    if (list) list.push(link)
    else to.set(id, [link])
  }
  for (const link of links) {
    add(parents, link.from, link)
    add(children, link.to, link)
  }
  const inColumn = (column: Column) => cards.filter((card) => card.column === column).map((card) => card.id)
  return {
    columns: {
      aim: inColumn('aim'),
      primary: inColumn('primary'),
      secondary: inColumn('secondary'),
      idea: inColumn('idea'),
    },
    parents,
    children,
  }
}

const isSameCheck = (a: Check, b: Check): boolean =>
  a.kind === b.kind &&
  a.message === b.message &&
  a.cards.join() === b.cards.join() &&
  a.links.join() === b.links.join()

/** `before` without what is gone and with what is new at its end; the same list when nothing changed. */
function kept(
  before: readonly string[],
  now: readonly string[],
  present: Record<string, unknown>,
): readonly string[] {
  const known = new Set(before)
  const next = [...before.filter((id) => id in present), ...now.filter((id) => !known.has(id))]
  return next.length === before.length && next.every((id, index) => id === before[index]) ? before : next
}

/** Runs `draw` once in the next frame, however often it was asked for; soon, too, where no frames are drawn. */
function createFrame(draw: () => void) {
  let handle: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const cancel = () => {
    if (handle !== undefined) cancelAnimationFrame(handle)
    clearTimeout(timer)
    handle = timer = undefined
  }
  return {
    cancel,
    isWaiting: () => handle !== undefined,
    request() {
      if (handle !== undefined) return
      handle = requestAnimationFrame(draw)
      timer = setTimeout(draw, 200)
    },
  }
}

/** Runs `work` once nothing has asked for it during `pause` milliseconds. */
function createPause(work: () => void, pause: number) {
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    cancel: () => clearTimeout(timer),
    request() {
      clearTimeout(timer)
      timer = setTimeout(work, pause)
    },
  }
}
