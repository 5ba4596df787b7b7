import { createEffect, createMemo, For, on, Show } from 'solid-js'
import { aimId, type Column, columnNames, statusNames } from '#shared/kinds/driver-diagram/model.ts'
import { classes, personClass, Whereabouts } from '../../form/Whereabouts.tsx'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { CardTitle } from './CardTitle.tsx'
import { BringBack } from './CardView.tsx'
import { OutlineChecks } from './Checks.tsx'
import { createFocusChoice } from './choose-focused.ts'
import { ColumnGlyph, StatusFace } from './Glyphs.tsx'
import { answerKey, keysHint } from './keyboard.ts'
import type { OutlineRow } from './outline-rows.ts'
import { ProposalMark } from './ProposalNotes.tsx'
import { usePage } from './page.ts'
import { ReadOnlyNote } from './ReadOnlyNote.tsx'

/**
 * The same document as a nested list: for phones, for those who hear the page, and for fast typing. A card with several
 * parents has a line under each and says so. https://www.w3.org/WAI/ARIA/apg/patterns/treeview/
 */
export function OutlineView(props: { elementRef: (outline: HTMLElement) => void }) {
  const page = usePage()
  const { open, commands, selection } = page
  const chooseFocused = createFocusChoice(page)
  const keys = createMemo(() => page.rows().map((row) => row.key))
  const byKey = createMemo(() => new Map(page.rows().map((row) => [row.key, row])))
  let list: HTMLDivElement | undefined

  // Moving a line in the page takes the keyboard from it; it gets it back.
  createEffect(
    on(
      keys,
      () => {
        if (selection.card() === undefined || document.activeElement !== document.body) return
        list?.querySelector<HTMLElement>('.is-chosen textarea, .is-chosen')?.focus({ preventScroll: true })
      },
      { defer: true },
    ),
  )

  const rowAt = (event: Event) =>
    event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]')?.dataset.row : undefined

  const onClick = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest('button, textarea')) return
    const row = byKey().get(rowAt(event) ?? '')
    if (!row) return
    const isHere = selection.isChosen(row.card) && selection.link() === row.link
    // With a mouse a click writes, as in any outliner; with a finger the second tap does, so that reading stays calm.
    const writes = open.canEdit() && (isHere || !('pointerType' in event && event.pointerType === 'touch'))
    if (writes) selection.edit(row.card, row.link)
    else selection.choose(row.card, row.link)
  }

  return (
    <>
      <section
        ref={props.elementRef}
        class="outline"
        tabIndex={-1}
        aria-label="Outline"
        onKeyDown={(event) => answerKey(event, page)}
        onFocusIn={chooseFocused}
        onFocusOut={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget as Node | null)) selection.endRest()
        }}
      >
        <ReadOnlyNote />
        <OutlineChecks />
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: every key is answered by the section around it. */}
        <div
          ref={list}
          class="rows"
          role="tree"
          aria-label="The diagram as an outline"
          aria-description={keysHint}
          onClick={onClick}
        >
          <For each={keys()}>
            {(key, index) => (
              <Show when={byKey().get(key)}>{(row) => <RowView row={row()} isFirst={index() === 0} />}</Show>
            )}
          </For>
        </div>
        <Show when={open.canEdit()}>
          <div class="add-row">
            <Button icon="plus" kind="quiet" onClick={() => commands.addTo('primary')}>
              Add a primary driver
            </Button>
          </div>
        </Show>
      </section>
      <ThumbBar />
    </>
  )
}

const levelClass = (column: Column, isLoose: boolean): string =>
  isLoose ? 'o-level-loose' : `o-level-${column}`

function RowView(props: { row: OutlineRow; isFirst: boolean }) {
  const page = usePage()
  const { diagram, selection, open } = page
  const id = () => props.row.card
  const card = () => diagram.card(id())
  const isChosen = () => selection.isChosen(id()) && selection.link() === props.row.link
  const isWriting = () => isChosen() && selection.isEditing() && open.canEdit()
  const others = () => page.peopleAt(id())
  const takesKeyboard = () =>
    isChosen() || (props.isFirst && selection.card() === undefined && !selection.isResting())
  return (
    <Show when={card()}>
      {(card) => (
        <div
          class={classes('o-row', levelClass(card().column, props.row.isLoose), personClass(others()), {
            'is-chosen': isChosen(),
            'is-theirs': others().length > 0,
            'is-gone': card().gone !== undefined,
          })}
          data-row={props.row.key}
          data-card={id()}
          role="treeitem"
          aria-level={props.row.level}
          aria-selected={isChosen()}
          tabIndex={takesKeyboard() ? 0 : -1}
        >
          <ColumnGlyph column={card().column} />
          <span class="visually-hidden">{columnNames[card().column].one}: </span>
          <div class="main">
            <CardTitle
              card={id()}
              isWriting={isWriting()}
              label={`Words of this ${columnNames[card().column].one.toLowerCase()}`}
              onPasteLines={(text) => page.openDialog({ kind: 'paste', text, under: id() })}
            />
            <RowNotes row={props.row} />
          </div>
          <ProposalMark card={id()} />
          <Show when={page.proposals.atCard(id()).length > 0}>
            <span class="visually-hidden">A change is proposed here.</span>
          </Show>
          <Show when={diagram.children(id()).length > 0 && card().column === 'primary'}>
            <span class="count" aria-hidden="true">
              {diagram.children(id()).length}
            </span>
          </Show>
          <Show when={isChosen()}>
            <IconButton icon="panel" label="Details" tabIndex={-1} onClick={() => page.openPanel(true)} />
          </Show>
          <Whereabouts people={others()} />
          <For each={others()}>{(person) => <span class="visually-hidden">{person.name} is here</span>}</For>
          <Show when={card().gone}>{(gone) => <BringBack card={id()} by={gone().by} />}</Show>
        </div>
      )}
    </Show>
  )
}

/** Below the words: the status, the other parents, how the link is, and what is missing. */
function RowNotes(props: { row: OutlineRow }) {
  const { diagram } = usePage()
  const card = () => diagram.card(props.row.card)
  const link = () => (props.row.link === undefined ? undefined : diagram.link(props.row.link))
  const others = () => diagram.parents(props.row.card).filter((other) => other.id !== props.row.link)
  const also = () =>
    others()
      .map((other) =>
        other.to === aimId ? 'the aim' : diagram.card(other.to)?.title || 'a card without words',
      )
      .join(', ')
  const kind = () => {
    const said = link()
    if (!said) return ''
    return [said.strength === 'weak' ? 'weak link' : '', said.polarity === 'hinders' ? 'hinders' : '']
      .filter(Boolean)
      .join(', ')
  }
  const hiddenBelow = () => (props.row.isRepeated ? diagram.children(props.row.card).length : 0)
  const has = () => card()?.status || others().length > 0 || kind() !== '' || props.row.isLoose
  return (
    <Show when={has()}>
      <div class="under">
        <Show when={card()?.status}>
          {(status) => (
            <span class="state">
              <StatusFace status={status()} />
              {statusNames[status()]}
            </span>
          )}
        </Show>
        <Show when={props.row.isLoose}>
          <span class="state waits">
            <Icon name="alert" />
            {card()?.column === 'idea' ? 'Not under a driver yet' : 'Not linked yet'}
          </span>
        </Show>
        <Show when={kind()}>
          <span>{kind()}</span>
        </Show>
        <Show when={others().length > 0 && !props.row.isLoose}>
          <span>
            also under {also()}
            {hiddenBelow() > 0
              ? `; ${hiddenBelow() === 1 ? 'what leads to it stands' : 'all that leads to it stands'} there`
              : ''}
          </span>
        </Show>
      </div>
    </Show>
  )
}

/** The steps of editing where a thumb reaches them. */
function ThumbBar() {
  const { open, commands, selection, diagram } = usePage()
  const column = () => diagram.card(selection.card() ?? '')?.column
  const isMovable = () => column() !== undefined && column() !== 'aim'
  // A press must not take the keyboard (and a phone's own keyboard) away from the words.
  const keepWriting = (event: PointerEvent) => event.preventDefault()
  const Step = (step: {
    icon: 'plus' | 'indent' | 'outdent' | 'link' | 'undo'
    label: string
    can?: boolean
    run: () => void
  }) => (
    <button
      type="button"
      disabled={step.can === false}
      onPointerDown={keepWriting}
      onClick={() => step.run()}
    >
      <Icon name={step.icon} />
      {step.label}
    </button>
  )
  return (
    <Show when={open.canEdit()}>
      <div class="thumb-bar no-print" role="toolbar" aria-label="Edit">
        <Step icon="plus" label="Add" run={() => commands.addSibling()} />
        <Step icon="indent" label="Deeper" can={isMovable()} run={() => commands.moveDeeper()} />
        <Step icon="outdent" label="Higher" can={isMovable()} run={() => commands.moveHigher()} />
        <Step icon="link" label="Link" can={isMovable()} run={() => commands.linkTo()} />
        <Step icon="undo" label="Undo" run={() => commands.undo()} />
      </div>
    </Show>
  )
}
