import { type Accessor, onCleanup } from 'solid-js'
import {
  addCard,
  type CardColumn,
  demote,
  moveCardBy,
  promote,
  removeCard,
  removeFrom,
  restoreCard,
} from '#shared/kinds/driver-diagram/edits.ts'
import { addLink, removeLink } from '#shared/kinds/driver-diagram/link-edits.ts'
import {
  aimId,
  type Column,
  columnLeftOf,
  columnNames,
  columnRightOf,
  linkEnds,
  linkId,
} from '#shared/kinds/driver-diagram/model.ts'
import type { Refusal } from '#shared/kinds/driver-diagram/relations.ts'
import type { Me } from '#shared/people.ts'
import type { OpenDocument } from '../../sync/open-document.ts'
import { showToast } from '../../ui/toasts.tsx'
import type { Diagram } from './create-diagram.ts'
import type { OpenDialog, ViewName } from './on-screen.ts'
import type { OutlineRow } from './outline-rows.ts'
import type { Selection } from './selection.ts'
import type { Viewport } from './viewport.ts'
import { quoted } from './words.ts'

export type Direction = 'up' | 'down' | 'left' | 'right' | 'first' | 'last'

/** Everything that a key, a button or the thumb bar may ask for. What cannot be done is said, and nothing happens. */
export interface Commands {
  addSibling(): void
  addChild(): void
  /** Adds a card to a column, under nothing (a primary driver: under the aim). */
  addTo(column: CardColumn): void
  /** Adds the first card of the next column: a secondary driver under the chosen or the first primary one. */
  addUnder(): void
  /** Adds an idea that leads to a driver. */
  addIdea(driver: string): void
  /** Adds a card that leads to this one. */
  addChildOf(card: string): void
  removeCard(card: string): void
  removeLink(link: string): void
  /** Chooses a card and brings it into sight. */
  goTo(card: string, link?: string): void
  write(): void
  /** Stops writing, or leaves the card. */
  leave(): void
  /** What leaving a card's words does besides: a card that was just added and got none goes away again. */
  tidy(card: string): void
  remove(): void
  /** Brings back a card that somebody removed while one stood in it. */
  bringBack(card: string): void
  moveUp(): void
  moveDown(): void
  moveHigher(): void
  moveDeeper(): void
  go(direction: Direction): void
  linkTo(): void
  link(from: string, to: string): void
  undo(): void
  redo(): void
  openPanel(): void
  zoomBy(factor: number): void
  fit(): void
  showKeys(): void
}

export interface CommandsOf {
  readonly open: OpenDocument
  readonly me: Me
  readonly diagram: Diagram
  readonly selection: Selection
  readonly viewport: Viewport
  readonly view: Accessor<ViewName>
  readonly rows: Accessor<readonly OutlineRow[]>
  openPanel(isOpen: boolean): void
  openDialog(dialog: OpenDialog): void
  say(sentence: string): void
  /** Puts the keyboard on what is chosen, or on the canvas when nothing is. */
  focus(): void
}

export function createCommands(of: CommandsOf): Commands {
  const { open, diagram, selection, view } = of
  /** A card that was just added and has no words yet, and how deep the undo stack was then. */
  let fresh: { card: string; before?: { card: string; link?: string }; depth: number } | undefined

  const chosen = () => {
    const id = selection.card()
    return id === undefined ? undefined : diagram.card(id)
  }
  const titleOf = (id: string) => quoted(diagram.card(id)?.title ?? '')

  /** The parent through which the chosen card was reached: by the chosen link or row, else its first. */
  const reachedFrom = (id: string): string | undefined => {
    const through = selection.link()
    const ends = through === undefined ? undefined : linkEnds(through)
    return ends?.from === id ? ends.to : diagram.parents(id)[0]?.to
  }

  function added(card: string, parent: string | undefined): void {
    const was = selection.card()
    const link = selection.link()
    fresh = {
      card,
      depth: open.undo.undoStack.length,
      ...(was === undefined ? {} : { before: { card: was, ...(link === undefined ? {} : { link }) } }),
    }
    diagram.flush()
    selection.edit(card, rowLink(card, parent))
    show(card)
    const column = diagram.card(card)?.column
    if (column) of.say(`${columnNames[column].one} added${parent ? `, leads to ${titleOf(parent)}` : ''}.`)
  }

  /** In the outline a card is chosen at one of its rows; in the diagram once. */
  const rowLink = (card: string, parent: string | undefined): string | undefined =>
    view() === 'outline' && parent !== undefined ? linkId(card, parent) : undefined

  function show(card: string): void {
    const place = diagram.place(card)
    if (view() === 'diagram' && place) {
      of.viewport.reveal({ x: place.x, y: place.top, width: place.width, height: place.height })
    }
  }

  function choose(card: string, link?: string): void {
    selection.choose(card, link)
    show(card)
    of.focus()
  }

  function add(column: CardColumn, parent: string | undefined, after?: string): void {
    const card = addCard(open.edit, open.doc, {
      column,
      ...(parent === undefined ? (column === 'primary' ? {} : { loose: true }) : { parent }),
      ...(after === undefined ? {} : { after }),
    })
    added(card, parent ?? (column === 'primary' ? aimId : undefined))
  }

  const isFreshAndEmpty = (id: string) => fresh?.card === id && diagram.card(id)?.title.trim() === ''

  function dropFresh(): { card: string; link?: string } | undefined {
    if (!fresh || !open.canEdit()) return undefined
    const { card, before, depth } = fresh
    fresh = undefined
    // Adding it is then nothing that could be undone.
    if (open.undo.undoStack.length === depth) open.undo.undoStack.pop()
    removeCard((change) => open.edit(change, { tracked: false }), open.doc, card, of.me.id)
    diagram.flush()
    return before
  }

  function refuse(refusal: Refusal): void {
    showToast({ text: refusal.refused })
  }

  function moveBy(step: -1 | 1): void {
    const card = chosen()
    if (!card || card.column === 'aim') return
    const parent = view() === 'outline' ? reachedFrom(card.id) : undefined
    const isMoved = moveCardBy(open.edit, open.doc, card.id, step, parent)
    diagram.flush()
    if (!isMoved) {
      of.say(step === -1 ? 'It is already the first.' : 'It is already the last.')
      return
    }
    const column = diagram.inColumn(card.column)
    show(card.id)
    of.say(`Moved ${step === -1 ? 'up' : 'down'}: now ${column.indexOf(card.id) + 1} of ${column.length}.`)
  }

  function changeLevel(change: typeof promote): void {
    const card = chosen()
    if (!card) return
    const result = change(open.edit, open.doc, card.id, reachedFrom(card.id))
    if ('refused' in result) {
      refuse(result)
      return
    }
    diagram.flush()
    const link = rowLink(card.id, result.parent)
    if (selection.isEditing()) selection.edit(card.id, link)
    else selection.choose(card.id, link)
    show(card.id)
    if (!selection.isEditing()) of.focus()
    of.say(`Now a ${columnNames[result.column].one.toLowerCase()} that leads to ${titleOf(result.parent)}.`)
  }

  /** Where to stand after a card went away: the next in its column, else the one before, else what it led to. */
  function neighborOf(id: string, column: Column): string | undefined {
    const list = diagram.inColumn(column)
    const at = list.indexOf(id)
    return list[at + 1] ?? list[at - 1] ?? diagram.parents(id)[0]?.to
  }

  function removeChosenLink(id: string): void {
    const ends = linkEnds(id)
    if (!ends) return
    removeLink(open.edit, open.doc, id)
    diagram.flush()
    choose(ends.from)
    showToast({
      text: `${titleOf(ends.from)} no longer leads to ${titleOf(ends.to)}.`,
      action: { label: 'Undo', run: () => commands.link(ends.from, ends.to) },
    })
  }

  function removeChosenRow(id: string): void {
    const parent = reachedFrom(id)
    const next = rowAfter(id)
    const result = removeFrom(open.edit, open.doc, id, parent, of.me.id)
    if (!result) return
    diagram.flush()
    if (next) choose(next.card, next.link)
    if (result.kind === 'link') {
      const { from, to } = result.link
      showToast({
        text: `${quoted(result.title)} no longer leads to ${titleOf(to)}. It stays under its other drivers.`,
        action: { label: 'Undo', run: () => commands.link(from, to) },
      })
    } else offerBack(result.id, result.title, result.loose.length)
  }

  function rowAfter(id: string): OutlineRow | undefined {
    const rows = of.rows()
    const at = rows.findIndex(
      (row) => row.card === id && (row.link === selection.link() || !selection.link()),
    )
    return rows.slice(at + 1).find((row) => row.card !== id) ?? rows[at - 1]
  }

  function removeChosenCard(id: string, column: Column): void {
    const next = neighborOf(id, column)
    const removed = removeCard(open.edit, open.doc, id, of.me.id)
    if (!removed) return
    // Chosen first: what somebody stands in would stay in sight as removed.
    if (next) selection.choose(next)
    else selection.clear()
    diagram.flush()
    of.focus()
    offerBack(id, removed.title, removed.loose.length)
  }

  function offerBack(id: string, title: string, loose: number): void {
    const flagged =
      loose === 0 ? '' : ` ${loose === 1 ? 'One card is' : `${loose} cards are`} now under nothing.`
    showToast({
      text: `${title.trim() === '' ? 'The card' : quoted(title)} is removed.${flagged}`,
      action: {
        label: 'Undo',
        run: whereEditable(() => {
          restoreCard(open.edit, open.doc, id)
          diagram.flush()
          choose(id)
        }),
      },
    })
  }

  function step(which: 'undo' | 'redo'): void {
    const did = open.undo[which]()
    const nothing = which === 'undo' ? 'There is nothing of yours to undo.' : 'There is nothing to do again.'
    of.say(did ? (which === 'undo' ? 'Undone.' : 'Done again.') : nothing)
  }

  // Also when Mod-Z was pressed in a field, which undoes by itself.
  const afterUndo = () => {
    diagram.flush()
    const id = selection.card()
    if (id === undefined || (diagram.card(id) && !diagram.card(id)?.gone)) return
    // What stood here went away by one's own hand: it is not somebody else's removal.
    selection.clear()
    diagram.flush()
    of.focus()
  }
  open.undo.on('stack-item-popped', afterUndo)
  onCleanup(() => open.undo.off('stack-item-popped', afterUndo))

  /** A toast or a button may outlive the right to edit. */
  const whereEditable =
    <Args extends readonly unknown[]>(run: (...args: Args) => void) =>
    (...args: Args): void => {
      if (open.canEdit()) run(...args)
      else refuse({ refused: 'This diagram cannot be edited now.' })
    }

  const commands: Commands = {
    addSibling: whereEditable(() => {
      const card = chosen()
      if (!card) return add('primary', undefined)
      if (card.column === 'aim') return add('primary', undefined)
      if (selection.isEditing() && isFreshAndEmpty(card.id)) return commands.leave()
      add(card.column, reachedFrom(card.id), card.id)
    }),
    addChild: whereEditable(() => {
      const card = chosen()
      if (!card) return add('primary', undefined)
      if (isFreshAndEmpty(card.id)) return commands.moveDeeper()
      const column = columnRightOf(card.column)
      if (column === undefined || column === 'aim') {
        return of.say('Nothing leads to a change idea. Press Enter to add another one.')
      }
      add(column, card.id)
    }),
    addTo: whereEditable((column: CardColumn) => add(column, undefined)),
    addUnder: whereEditable(() => {
      const card = chosen()
      const parent = card?.column === 'primary' ? card.id : diagram.inColumn('primary')[0]
      if (parent !== undefined) add('secondary', parent)
    }),
    addIdea: whereEditable((driver: string) => add('idea', driver)),
    addChildOf: whereEditable((id: string) => {
      const column = diagram.card(id)?.column
      const next = column && columnRightOf(column)
      if (next && next !== 'aim') add(next, id)
    }),
    removeCard: whereEditable((id: string) => {
      const card = diagram.card(id)
      if (card && !card.gone) removeChosenCard(id, card.column)
    }),
    removeLink: whereEditable(removeChosenLink),
    goTo(card, link) {
      const row = of.rows().find((each) => each.card === card)
      choose(card, view() === 'outline' ? row?.link : link)
    },
    write: whereEditable(() => {
      const card = chosen()
      if (card) selection.edit(card.id, selection.link())
    }),
    leave() {
      const id = selection.card()
      if (id === undefined) return
      if (selection.isEditing()) {
        if (isFreshAndEmpty(id)) {
          const before = dropFresh()
          if (before) selection.choose(before.card, before.link)
          else selection.clear()
        } else selection.leave()
        return of.focus()
      }
      if (selection.link() !== undefined && view() === 'diagram') selection.choose(id)
      else selection.clear()
      of.focus()
    },
    tidy(card) {
      if (isFreshAndEmpty(card)) dropFresh()
      else if (fresh?.card === card) fresh = undefined
    },
    remove: whereEditable(() => {
      const card = chosen()
      const link = selection.link()
      if (!card || card.gone) return
      if (view() === 'diagram' && link !== undefined) return removeChosenLink(link)
      if (card.column === 'aim')
        return refuse({ refused: 'Every diagram has its aim. Empty its words instead.' })
      if (view() === 'outline') removeChosenRow(card.id)
      else removeChosenCard(card.id, card.column)
    }),
    bringBack: whereEditable((card: string) => {
      restoreCard(open.edit, open.doc, card)
      diagram.flush()
      of.say(`${titleOf(card)} is back.`)
    }),
    moveUp: whereEditable(() => moveBy(-1)),
    moveDown: whereEditable(() => moveBy(1)),
    moveHigher: whereEditable(() => changeLevel(promote)),
    moveDeeper: whereEditable(() => changeLevel(demote)),
    go(direction) {
      const next = view() === 'outline' ? rowToward(of, direction) : cardToward(of, direction)
      if (next) choose(next.card, next.link)
    },
    linkTo: whereEditable(() => {
      const card = chosen()
      if (!card) return
      if (card.column === 'aim') return refuse({ refused: 'The aim leads nowhere: everything leads to it.' })
      of.openDialog({ kind: 'link', card: card.id })
    }),
    link: whereEditable((from: string, to: string) => {
      const refusal = addLink(open.edit, open.doc, from, to)
      if (refusal) return refuse(refusal)
      diagram.flush()
      of.say(`${titleOf(from)} leads to ${titleOf(to)}.`)
    }),
    undo: whereEditable(() => step('undo')),
    redo: whereEditable(() => step('redo')),
    openPanel: () => of.openPanel(true),
    zoomBy: (factor) => of.viewport.zoomBy(factor),
    fit: () => of.viewport.fit(),
    showKeys: () => of.openDialog({ kind: 'keys' }),
  }
  return commands
}

type Seen = Pick<CommandsOf, 'diagram' | 'selection' | 'rows'>
interface Spot {
  readonly card: string
  readonly link?: string
}

/** The card that lies in a direction: along a link where there is one, the nearest where there is none. */
function cardToward({ diagram, selection }: Seen, direction: Direction): Spot | undefined {
  const id = selection.card()
  const card = id === undefined ? undefined : diagram.card(id)
  if (!card) return { card: aimId }
  const list = diagram.inColumn(card.column)
  const at = list.indexOf(card.id)
  const spot = (to: string | undefined) => (to === undefined ? undefined : { card: to })
  switch (direction) {
    case 'up':
      return spot(list[at - 1])
    case 'down':
      return spot(list[at + 1])
    case 'first':
      return spot(list[0])
    case 'last':
      return spot(list[list.length - 1])
    case 'left': {
      const parents = diagram.parents(card.id).map((link) => link.to)
      return spot(nearest(diagram, card.id, parents, columnLeftOf(card.column)))
    }
    case 'right': {
      const children = diagram.children(card.id).map((link) => link.from)
      return spot(nearest(diagram, card.id, children, columnRightOf(card.column)))
    }
  }
}

/** Of the linked cards the one at the most alike height; without any, of the whole column beside. */
function nearest(
  diagram: Diagram,
  from: string,
  linked: readonly string[],
  beside: Column | undefined,
): string | undefined {
  const among = linked.length > 0 ? linked : beside === undefined ? [] : diagram.inColumn(beside)
  const y = diagram.place(from)?.y ?? 0
  const far = (id: string) => Math.abs((diagram.place(id)?.y ?? 0) - y)
  return [...among].sort((a, b) => far(a) - far(b))[0]
}

function rowToward({ selection, rows }: Seen, direction: Direction): Spot | undefined {
  const list = rows()
  const at = list.findIndex((row) => row.card === selection.card() && row.link === selection.link())
  const row = list[at]
  if (!row) return list[0]
  switch (direction) {
    case 'up':
      return list[at - 1]
    case 'down':
      return list[at + 1]
    case 'first':
      return list[0]
    case 'last':
      return list[list.length - 1]
    case 'left':
      return list.slice(0, at).findLast((above) => above.level < row.level)
    case 'right':
      return (list[at + 1]?.level ?? 0) > row.level ? list[at + 1] : undefined
  }
}
