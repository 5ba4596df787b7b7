import { For, Show } from 'solid-js'
import { counted } from '#shared/counted.ts'
import type { Import, ImportedCard, ImportRemark } from '#shared/kinds/driver-diagram/import.ts'
import { columns } from '#shared/kinds/driver-diagram/model.ts'
import { Icon } from '../../ui/Icon.tsx'
import { ColumnGlyph } from './Glyphs.tsx'

/** What a paste or a file will make, before it is made; or why it cannot be. */
export function ImportPreview(props: { source: Import }) {
  const rows = () => previewRows(props.source)
  const isFine = () => props.source.problems.length === 0
  return (
    <div class="preview">
      <Show
        when={isFine()}
        fallback={
          <ul class="problems" role="alert">
            <For each={props.source.problems}>{(problem) => <Remark remark={problem} isProblem />}</For>
          </ul>
        }
      >
        <ul class="made" aria-label="What will be added">
          <Show when={props.source.aim}>
            {(aim) => (
              <li>
                <ColumnGlyph column="aim" />
                {aim()}
              </li>
            )}
          </Show>
          <For each={rows()}>
            {({ card, others }) => (
              <li style={{ '--depth': String(columns.indexOf(card.column) - 1) }}>
                <ColumnGlyph column={card.column} />
                <span>
                  {card.title}
                  <Show when={others > 0}>
                    <span class="faint"> leads to {counted(others + 1, 'card')}</span>
                  </Show>
                </span>
              </li>
            )}
          </For>
        </ul>
        <Show when={props.source.notes.length > 0}>
          <ul class="remarks">
            <For each={props.source.notes}>{(note) => <Remark remark={note} />}</For>
          </ul>
        </Show>
      </Show>
    </div>
  )
}

function Remark(props: { remark: ImportRemark; isProblem?: boolean }) {
  return (
    <li>
      <Icon name="alert" />
      <span>
        <Show when={props.remark.row}>{(row) => `Row ${row()}: `}</Show>
        {props.remark.message}
      </span>
    </li>
  )
}

interface PreviewRow {
  readonly card: ImportedCard
  /** How many more cards it leads to than the one under which it is shown. */
  readonly others: number
}

/** The cards depth first, each once. */
function previewRows(source: Import): PreviewRow[] {
  const rows: PreviewRow[] = []
  const shown = new Set<string>()
  const parents = (key: string) => source.links.filter(({ from }) => from === key).length
  const list = (card: ImportedCard) => {
    if (shown.has(card.key)) return
    shown.add(card.key)
    rows.push({ card, others: Math.max(0, parents(card.key) - 1) })
    for (const { from, to } of source.links) {
      const child = to === card.key ? source.cards.find(({ key }) => key === from) : undefined
      if (child) list(child)
    }
  }
  for (const column of columns) for (const card of source.cards) if (card.column === column) list(card)
  return rows
}
