import { createMemo, For, type JSX, Match, Show, Switch } from 'solid-js'
import {
  headingShown,
  isOtherwise,
  readWorksheet,
  type Section,
  sectionsShown,
} from '#shared/kinds/worksheet/model.ts'
import { Blocks } from '../../form/Blocks.tsx'
import { dayInWords } from '../../form/day-words.ts'
import type { BodyProps } from '../view.ts'
import './worksheet.css'

/** The whole worksheet on paper, with room to write where nothing is written yet. */
export function PrintSheet(props: BodyProps): JSX.Element {
  return <Show when={props.open.ready()}>{<Sheet {...props} />}</Show>
}

function Sheet(props: BodyProps): JSX.Element {
  const worksheet = createMemo(() => readWorksheet(props.open.doc))
  return (
    <div class="ws-print">
      <h1>{props.detail.title}</h1>
      <For each={sectionsShown(worksheet())}>
        {(section) => (
          <section>
            <h2>{headingShown(section, isOtherwise(worksheet()))}</h2>
            <Show when={section.guidance}>{(words) => <p class="hint">{words()}</p>}</Show>
            <Show when={section.body.length > 0} fallback={<Room section={section} />}>
              <div class="prose rich-text-content">
                <Blocks blocks={section.body} />
              </div>
            </Show>
            <Items section={section} />
          </section>
        )}
      </For>
    </div>
  )
}

/** Lines to write on by hand. */
function Room(props: { section: Section }): JSX.Element {
  return (
    <Show when={props.section.type === 'text'}>
      <div class="ws-room" aria-hidden="true" />
    </Show>
  )
}

function Items(props: { section: Section }): JSX.Element {
  const of = <Type extends Section['type']>(type: Type) =>
    props.section.type === type ? (props.section as Extract<Section, { type: Type }>) : undefined
  return (
    <Switch>
      <Match when={of('checklist')}>
        {(section) => (
          <ul class="ws-boxes">
            <For each={section().items}>
              {({ text, done }) => <li classList={{ 'is-done': done === true }}>{text}</li>}
            </For>
          </ul>
        )}
      </Match>
      <Match when={of('table')}>
        {(section) => (
          <PrintTable
            columns={section().columns.map(({ name }) => name)}
            rows={section().rows.map(({ cells }) =>
              cells.map((cell, column) =>
                section().columns[column]?.holds === 'date' && cell !== '' ? dayInWords(cell) : cell,
              ),
            )}
          />
        )}
      </Match>
      <Match when={of('rating')}>
        {(section) => (
          <PrintTable
            columns={['Who', `From 1 to ${section().scale.most}`, 'Comment']}
            rows={section().ratings.map(({ subject, value, comment }) => [
              subject,
              value === undefined ? '' : String(value),
              comment,
            ])}
          />
        )}
      </Match>
      <Match when={of('links')}>
        {(section) => (
          <ul>
            <For each={section().links}>{({ note }) => <li>{note}</li>}</For>
          </ul>
        )}
      </Match>
    </Switch>
  )
}

function PrintTable(props: {
  columns: readonly string[]
  rows: readonly (readonly string[])[]
}): JSX.Element {
  return (
    <table>
      <thead>
        <tr>
          <For each={props.columns}>{(name) => <th scope="col">{name}</th>}</For>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows.length > 0 ? props.rows : emptyRows(props.columns.length)}>
          {(cells) => (
            <tr>
              <For each={cells}>{(cell) => <td>{cell}</td>}</For>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  )
}

/** Room for rows that are written by hand. */
const emptyRows = (columns: number): readonly (readonly string[])[] =>
  Array.from({ length: 4 }, () => Array.from({ length: columns }, () => ''))
