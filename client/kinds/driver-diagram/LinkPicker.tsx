import { createMemo, createSignal, createUniqueId, For, onMount, Show } from 'solid-js'
import { aimId, type columnNames, columns, mayLink } from '#shared/kinds/driver-diagram/model.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { ColumnGlyph } from './Glyphs.tsx'
import { usePage } from './page.ts'
import { quoted } from './words.ts'

/** "Link to…": what the card may lead to, found by typing. https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
export function LinkPicker(props: { card: string; onClose: () => void }) {
  const { diagram } = usePage()
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={`What does ${quoted(diagram.card(props.card)?.title ?? '', 40)} lead to?`}
    >
      <Picker {...props} />
    </Dialog>
  )
}

function Picker(props: { card: string; onClose: () => void }) {
  const { diagram, commands } = usePage()
  const id = createUniqueId()
  const [query, setQuery] = createSignal('')
  const [at, setAt] = createSignal(0)
  let field!: HTMLInputElement
  let list: HTMLDivElement | undefined

  const own = () => diagram.card(props.card)?.column
  const linked = createMemo(() => new Set(diagram.parents(props.card).map((link) => link.to)))
  const candidates = createMemo(() => {
    const from = own()
    if (!from) return []
    // The nearest column first: an idea leads to secondary drivers before primary ones.
    return [...columns].reverse().flatMap((to) => (mayLink(from, to) ? diagram.inColumn(to) : []))
  })
  const found = createMemo(() =>
    candidates().filter((card) => fits(diagram.card(card)?.title ?? '', query())),
  )
  const chosen = () => found()[Math.min(at(), found().length - 1)]

  const take = (card: string | undefined) => {
    if (card === undefined || linked().has(card)) return
    commands.link(props.card, card)
    props.onClose()
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === 'Enter') {
      event.preventDefault()
      take(chosen())
    }
    if (step === undefined || found().length === 0) return
    event.preventDefault()
    setAt((before) => (Math.min(before, found().length - 1) + step + found().length) % found().length)
    list?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }

  onMount(() => field.focus())

  return (
    <div class="picker">
      <input
        ref={field}
        type="text"
        role="combobox"
        aria-label="Find a card"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-activedescendant={chosen() ? `${id}-${chosen()}` : undefined}
        placeholder="Type a few letters"
        autocomplete="off"
        onInput={(event) => {
          setQuery(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <Show when={found().length > 0} fallback={<p class="hint">{nothing(candidates().length, own())}</p>}>
        <div ref={list} role="listbox" id={`${id}-list`} aria-label="Cards it may lead to">
          <For each={found()}>
            {(card) => (
              // biome-ignore lint/a11y/useFocusableInteractive: as above.
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field answers the keys.
              <div
                role="option"
                id={`${id}-${card}`}
                aria-selected={chosen() === card}
                aria-disabled={linked().has(card)}
                onClick={() => take(card)}
              >
                <ColumnGlyph column={diagram.card(card)?.column ?? 'primary'} />
                <span>
                  {card === aimId ? 'The aim' : diagram.card(card)?.title || 'A card without words'}
                </span>
                <Show when={linked().has(card)}>
                  <span class="label">already linked</span>
                </Show>
              </div>
            )}
          </For>
        </div>
      </Show>
    </div>
  )
}

/** Every word that was typed begins a word of the title. */
function fits(title: string, query: string): boolean {
  const words = title.toLowerCase().split(/[^\p{L}\p{N}]+/u)
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((part) => words.some((word) => word.startsWith(part)))
}

function nothing(count: number, column: keyof typeof columnNames | undefined): string {
  if (count > 0) return 'No card begins like that.'
  return column === 'secondary'
    ? 'There is no primary driver yet. Add one first.'
    : 'There is no driver yet. Add one first.'
}
