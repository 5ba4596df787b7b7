import { createMemo, Show } from 'solid-js'
import { columnNames, columns } from '#shared/kinds/driver-diagram/model.ts'
import { classes, personClass, Whereabouts } from '../../form/Whereabouts.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { CardTitle } from './CardTitle.tsx'
import type { CardDrag } from './card-drag.ts'
import { describeCard } from './describe.ts'
import { StatusFace } from './Glyphs.tsx'
import { ProposalMark } from './ProposalNotes.tsx'
import { usePage } from './page.ts'
import { columnTheme } from './words.ts'

/** One card on the canvas: words on a rule. A box appears only when someone is in it. */
export function CardView(props: {
  card: string
  /** Whether it stands on the way from the chosen card to the aim. */
  isOnWay: boolean
  glides: boolean
  isLifted: boolean
  isTarget: boolean
  isFirst: boolean
  drag: CardDrag
}) {
  const page = usePage()
  const { diagram, selection, open } = page
  const card = () => diagram.card(props.card)
  const place = () => diagram.place(props.card)
  const isChosen = () => selection.isChosen(props.card)
  const isWriting = () => isChosen() && selection.isEditing() && open.canEdit()
  const others = () => page.peopleAt(props.card)
  const isLoose = () => card()?.column !== 'aim' && diagram.parents(props.card).length === 0
  const takesKeyboard = () =>
    isChosen() || (props.isFirst && selection.card() === undefined && !selection.isResting())
  const name = createMemo(() => describeCard(page, props.card))

  return (
    <Show when={card()}>
      {(card) => (
        <div
          // One string: a class beside a classList would wipe out what the list has set.
          class={classes('card', columnTheme[card().column], personClass(others()), {
            'is-chosen': isChosen(),
            'is-theirs': others().length > 0,
            'is-path': props.isOnWay,
            'is-loose': isLoose() && !card().gone,
            'is-gone': card().gone !== undefined,
            'is-lifted': props.isLifted,
            'is-target': props.isTarget,
            'is-gliding': props.glides,
          })}
          style={{
            // Held at its rule, so that a card that grows by a line does so upward.
            transform: `translate(${place()?.x ?? 0}px, ${place()?.y ?? 0}px) translateY(-100%)`,
            '--width': `${place()?.width ?? 0}px`,
            '--height': `${place()?.height ?? 0}px`,
          }}
          data-card={props.card}
          role="treeitem"
          aria-level={columns.indexOf(card().column) + 1}
          aria-posinset={diagram.inColumn(card().column).indexOf(props.card) + 1}
          aria-setsize={diagram.inColumn(card().column).length}
          aria-selected={isChosen()}
          aria-label={name()}
          tabIndex={takesKeyboard() ? 0 : -1}
        >
          <div class="title" classList={{ serif: card().column === 'aim' }}>
            <Show when={card().status}>{(status) => <StatusFace status={status()} />}</Show>
            <CardTitle
              card={props.card}
              isWriting={isWriting()}
              label={`Words of this ${columnNames[card().column].one.toLowerCase()}`}
              onPasteLines={(text) => page.openDialog({ kind: 'paste', text, under: props.card })}
            />
          </div>
          <Show when={isLoose() && !card().gone}>
            <span class="mark-end" title="Under no driver yet" aria-hidden="true">
              <Icon name="alert" />
            </span>
          </Show>
          <ProposalMark card={props.card} />
          {/* Above the topmost cards lie the columns' names. */}
          <Whereabouts people={others()} below={(place()?.top ?? 0) < 32} />
          <Show when={card().gone}>{(gone) => <BringBack card={props.card} by={gone().by} />}</Show>
          <Show when={isChosen() && open.canEdit() && !card().gone}>
            <CardHandles card={props.card} drag={props.drag} />
          </Show>
        </div>
      )}
    </Show>
  )
}

/** What the chosen card offers to a pointer: a card below it, one that leads to it, and the end of a new link. */
function CardHandles(props: { card: string; drag: CardDrag }) {
  const { diagram, commands } = usePage()
  const column = () => diagram.card(props.card)?.column
  const keepWriting = (event: PointerEvent) => event.preventDefault()
  return (
    <>
      <Show when={column() !== 'aim'}>
        <button
          type="button"
          class="add below-add"
          tabIndex={-1}
          aria-label="Add a card below"
          title="Add a card below: Enter"
          onPointerDown={keepWriting}
          onClick={() => commands.addSibling()}
        >
          <Icon name="plus" />
        </button>
        <button
          type="button"
          class="port"
          tabIndex={-1}
          aria-label="Link to…"
          title="Drag onto what it leads to, or click: L"
          onPointerDown={(event) => props.drag.beginLink(event, props.card)}
          onClick={() => commands.linkTo()}
        />
      </Show>
      <Show when={column() !== 'idea'}>
        <button
          type="button"
          class="add beside-add"
          tabIndex={-1}
          aria-label="Add a card that leads to this one"
          title="Add a card that leads to this one: Tab"
          onPointerDown={keepWriting}
          onClick={() => commands.addChild()}
        >
          <Icon name="plus" />
        </button>
      </Show>
    </>
  )
}

/** Someone removed the card while this reader stands in it: nothing of their words is lost. */
export function BringBack(props: { card: string; by: string | undefined }) {
  const { personOf, commands, open } = usePage()
  const who = () => (props.by === undefined ? undefined : personOf(props.by)?.name)
  return (
    <div class="notice wrong bring-back" role="alert">
      <span>Removed by {who() ?? 'somebody else'}. Your words are kept.</span>
      <Show when={open.canEdit()}>
        <button type="button" class="link-button" onClick={() => commands.bringBack(props.card)}>
          Bring back
        </button>
      </Show>
    </div>
  )
}
