import { For, type JSX, Show } from 'solid-js'
import { counted } from '#shared/counted.ts'
import { rowText } from '#shared/kinds/rows.ts'
import { Button, IconButton } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { showToast } from '../ui/toasts.tsx'
import { capital, createRowList } from './create-row-list.ts'
import { FieldFrame } from './FieldFrame.tsx'
import { useForm } from './form.ts'
import { pasteRows, readCells } from './paste-rows.ts'
import type { RowDrag } from './row-drag.ts'
import './rows.css'
import { SharedWords } from './TextLine.tsx'

export interface RowColumn {
  /** The short text of a row that the column shows; for a column with a `cell` only a name. */
  readonly name: string
  readonly label: string
  /** Its share of the width, as CSS says it: `2fr`, `7rem`. */
  readonly width?: string
  readonly placeholder?: string
  /** Draws something else than a short text. It is labelled by itself, e.g. a field with `quiet`. */
  readonly cell?: (row: string, at: string) => JSX.Element
}

export interface RowsProps {
  /** The part of the document that holds the list, and each row as `<at>/<id>`. */
  at: string
  /** The list in the document. */
  list: string
  /** What it holds, as a heading says it, and one of them: "Tasks", "task". */
  label: string
  one: string
  guidance?: string
  example?: string
  columns: readonly RowColumn[]
  /** All short texts that a row is born with. */
  texts: readonly string[]
  /** What stands there while the list is empty. */
  empty?: string
  /** The label is said but not drawn. */
  quiet?: boolean
  /** Asks for what the new row is about, and adds it: in place of an empty row. */
  onAdd?: () => void
  /** Takes in cells of a spreadsheet in place of the list itself, where its columns hold more than short texts. */
  onPasteCells?: (
    place: { readonly row: string; readonly column: string },
    cells: readonly (readonly string[])[],
  ) => void
}

/**
 * A list that several people shape at once: a quiet table, on a phone cards. Enter adds a row, Alt with the arrow keys
 * moves one, rows of a spreadsheet can be pasted.
 */
export function Rows(props: RowsProps): JSX.Element {
  return (
    <FieldFrame {...props} isGroup class="form-rows">
      {() => <List {...props} />}
    </FieldFrame>
  )
}

function List(props: RowsProps): JSX.Element {
  const { open } = useForm()
  let element!: HTMLUListElement
  const { list, one, texts } = props
  const rows = createRowList({ list, one, texts, element: () => element })
  const { ids, goneBy, drag, said, move, remove, restore, left } = rows
  const add = (after?: string) => (props.onAdd ? props.onAdd() : rows.add(after))
  return (
    <div class="rows-place">
      <Show
        when={ids().length > 0}
        fallback={<Show when={props.empty}>{(words) => <p class="faint small">{words()}</p>}</Show>}
      >
        <div class="rows-head" aria-hidden="true" style={{ '--columns': template(props.columns) }}>
          <For each={props.columns}>{(column) => <span class="label">{column.label}</span>}</For>
        </div>
      </Show>
      <ul
        ref={element}
        class="form-list"
        aria-label={props.label}
        style={{ '--columns': template(props.columns) }}
        onFocusOut={left}
      >
        <For each={ids()}>
          {(row, index) => (
            <RowView
              {...props}
              row={row}
              goneBy={goneBy(row)}
              index={index()}
              count={ids().length}
              drag={drag}
              onAdd={() => add(row)}
              onMove={(to) => move(row, to)}
              onRemove={() => remove(row)}
              onRestore={() => restore(row)}
            />
          )}
        </For>
      </ul>
      <Show when={open.canEdit()}>
        <Button class="form-add" kind="quiet" icon="plus" onClick={() => add()}>
          Add {article(props.one)}
        </Button>
      </Show>
      <span class="visually-hidden" role="status">
        {said()}
      </span>
    </div>
  )
}

interface RowViewProps extends RowsProps {
  row: string
  goneBy: string | undefined
  index: number
  count: number
  drag: RowDrag
  onAdd: () => void
  onMove: (to: number) => void
  onRemove: () => void
  onRestore: () => void
}

function RowView(props: RowViewProps): JSX.Element {
  const { open } = useForm()
  const name = () => `${capital(props.one)} ${props.index + 1}`
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined
    if (step === undefined || !open.canEdit()) return
    event.preventDefault()
    props.onMove(props.index + step)
  }
  return (
    <li
      class="form-row-item"
      classList={{
        'is-lifted': props.drag.lifted() === props.row,
        'has-gap': props.drag.gap() === props.index,
        'has-gap-below': props.drag.gap() === props.count && props.index === props.count - 1,
        'is-gone': props.goneBy !== undefined,
      }}
      data-row={props.row}
      data-at={`${props.at}/${props.row}`}
      aria-label={`${name()} of ${props.count}`}
      onKeyDown={onKeyDown}
    >
      <For each={props.columns}>{(column) => <Cell {...props} column={column} />}</For>
      <Show when={props.goneBy !== undefined}>
        <BringBack by={props.goneBy ?? ''} onRestore={props.onRestore} />
      </Show>
      <Show when={open.canEdit() && props.goneBy === undefined}>
        <RowTools {...props} name={name()} />
      </Show>
    </li>
  )
}

function Cell(props: RowViewProps & { column: RowColumn }): JSX.Element {
  const at = () => `${props.at}/${props.row}`
  return (
    <div class="form-cell" data-column={props.column.name}>
      <Show when={props.column.cell} fallback={<TextCell {...props} />}>
        {(cell) => (
          <>
            <span class="label cell-label" aria-hidden="true">
              {props.column.label}
            </span>
            {cell()(props.row, at())}
          </>
        )}
      </Show>
    </div>
  )
}

function TextCell(props: RowViewProps & { column: RowColumn }): JSX.Element {
  const { open } = useForm()
  const text = () => rowText(open.doc, props.list, props.row, props.column.name)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.isComposing || event.shiftKey) return
    event.preventDefault()
    props.onAdd()
  }
  const onPaste = (event: ClipboardEvent) => {
    const cells = readCells(event.clipboardData?.getData('text/plain') ?? '')
    if (cells === undefined || !open.canEdit()) return
    event.preventDefault()
    const { list, texts } = props
    const column = props.column.name
    if (props.onPasteCells) return props.onPasteCells({ row: props.row, column }, cells)
    const added = pasteRows(open.edit, open.doc, { list, texts, row: props.row, column }, cells)
    if (added > 0) showToast({ text: `${counted(added, 'row')} added. Undo takes them back.` })
  }
  return (
    <FieldFrame at={`${props.at}/${props.row}/${props.column.name}`} label={props.column.label}>
      {(control) => (
        <SharedWords
          text={text}
          control={control}
          placeholder={props.column.placeholder}
          isSingleLine
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
      )}
    </FieldFrame>
  )
}

export interface RowToolsProps {
  /** The row, and how it is called: "Task 2". */
  row: string
  name: string
  index: number
  count: number
  drag: RowDrag
  onMove: (to: number) => void
  onRemove: () => void
}

/** Moves and removes a row. */
export function RowTools(props: RowToolsProps): JSX.Element {
  return (
    <div class="row-tools no-print">
      <Show when={props.count > 1}>
        <button
          type="button"
          class="button quiet icon-only row-handle"
          aria-label={`Move ${props.name.toLowerCase()}`}
          title="Drag, or Alt with the arrow keys"
          onPointerDown={(event) => props.drag.begin(event, props.row)}
          onKeyDown={(event) => {
            const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
            if (step === undefined || event.altKey) return
            event.preventDefault()
            props.onMove(props.index + step)
          }}
        >
          <Icon name="menu" />
        </button>
      </Show>
      <IconButton
        icon="close"
        label={`Remove ${props.name.toLowerCase()}`}
        onClick={() => props.onRemove()}
      />
    </div>
  )
}

/** A colleague removed the row while this reader stands in it. */
export function BringBack(props: { by: string; onRestore: () => void }): JSX.Element {
  const { open, nameOf } = useForm()
  return (
    <div class="notice wrong bring-back" role="alert">
      <span>Removed by {nameOf(props.by) ?? 'somebody else'}. Your words are kept.</span>
      <Show when={open.canEdit()}>
        <button type="button" class="link-button" onClick={() => props.onRestore()}>
          Bring back
        </button>
      </Show>
    </div>
  )
}

const template = (columns: readonly RowColumn[]): string =>
  columns
    .map(({ width }) =>
      width?.endsWith('fr') || width === undefined ? `minmax(0, ${width ?? '1fr'})` : width,
    )
    .join(' ')

const article = (one: string): string => `${/^[aeiou]/i.test(one) ? 'an' : 'a'} ${one}`
