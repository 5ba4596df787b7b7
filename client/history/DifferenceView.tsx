import { For, type JSX, Match, Show, Switch } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { Block } from '#shared/content/blocks.ts'
import type { BlockDifference, ItemDifference, WordedBlock } from '#shared/content/differences.ts'
import type { MarkedSpan } from '#shared/content/word-differences.ts'
import { Blocks } from '../form/Blocks.tsx'
import { isOn, Marked, MarkedWords, type Side } from '../form/MarkedWords.tsx'

export interface DifferenceViewProps {
  differences: readonly BlockDifference[]
  side: Side
  /** What is said below the text of a part, such as who wrote it. */
  below: (part: string) => JSX.Element
}

type Inside<T> = Omit<DifferenceViewProps, 'differences'> & T

/** Two moments of a document as one page of text, whatever its kind: from its neutral blocks. */
export function DifferenceView(props: DifferenceViewProps): JSX.Element {
  return (
    <For each={props.differences}>{(difference) => <DifferenceOf {...props} difference={difference} />}</For>
  )
}

function DifferenceOf(props: Inside<{ difference: BlockDifference }>): JSX.Element {
  const { difference } = props
  switch (difference.kind) {
    case 'same':
    case 'added':
    case 'removed':
      return <WholeBlock {...props} kind={difference.kind} block={difference.block} />
    case 'words':
      return <ChangedBlock {...props} block={difference.block} spans={difference.spans} />
    case 'quote':
      return (
        <blockquote>
          <DifferenceView {...props} differences={difference.blocks} />
        </blockquote>
      )
    case 'list':
      return <ChangedList {...props} ordered={difference.ordered} items={difference.items} />
  }
}

function WholeBlock(props: Inside<{ kind: 'same' | 'added' | 'removed'; block: Block }>): JSX.Element {
  const mark = () => (props.kind === 'same' ? undefined : props.kind)
  return (
    <Show when={isOn(props.side, mark())}>
      <Show when={mark()} fallback={<PlainBlock {...props} />}>
        {(mark) => (
          <div class={`whole ${mark()}`}>
            <Marked mark={mark()}>
              <Blocks blocks={[props.block]} headingAs={headingOf} />
            </Marked>
            <Show when={mark() === 'added' && partOf(props.block)}>{(part) => props.below(part())}</Show>
          </div>
        )}
      </Show>
    </Show>
  )
}

/** Nothing of it differs. Lists are gone through, so that what is said of a part stands below that part. */
function PlainBlock(props: Inside<{ block: Block }>): JSX.Element {
  return (
    <Switch fallback={<Blocks blocks={[props.block]} headingAs={headingOf} />}>
      <Match when={props.block.type === 'list' && props.block}>
        {(list) => (
          <ChangedList
            {...props}
            ordered={list().ordered}
            items={list().items.map((blocks) => ({ blocks: blocks.map(unchanged) }))}
          />
        )}
      </Match>
      <Match when={partOf(props.block)}>
        {(part) => (
          <>
            <Blocks blocks={[props.block]} />
            {props.below(part())}
          </>
        )}
      </Match>
    </Switch>
  )
}

const unchanged = (block: Block): BlockDifference => ({ kind: 'same', block })

const partOf = (block: Block): string | undefined =>
  block.type === 'paragraph' && block.spans.length > 0 ? block.part : undefined

function ChangedBlock(props: Inside<{ block: WordedBlock; spans: readonly MarkedSpan[] }>): JSX.Element {
  return (
    <>
      <Dynamic component={elementOf(props.block)} class="changed">
        <MarkedWords spans={props.spans} side={props.side} />
      </Dynamic>
      <Show when={partOf(props.block)}>{(part) => props.below(part())}</Show>
    </>
  )
}

function ChangedList(props: Inside<{ ordered: boolean; items: readonly ItemDifference[] }>): JSX.Element {
  const items = () => props.items.filter(({ mark }) => isOn(props.side, mark))
  return (
    <Dynamic component={props.ordered ? 'ol' : 'ul'}>
      <For each={items()}>
        {({ blocks }) => (
          <li>
            <DifferenceView {...props} differences={blocks} />
          </li>
        )}
      </For>
    </Dynamic>
  )
}

function elementOf(block: WordedBlock): string {
  if (block.type === 'code') return 'pre'
  return block.type === 'heading' ? headingOf(block.level) : 'p'
}

/** The text stands below a heading of the page (h3), and its own begin one below that. */
const headingOf = (level: number): string => `h${Math.max(4, Math.min(6, level + 2))}`
