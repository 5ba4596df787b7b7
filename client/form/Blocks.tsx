import { For, type JSX, Match, Show, Switch } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { Block, Span } from '#shared/content/blocks.ts'

export interface BlocksProps {
  blocks: readonly Block[]
  /** Links are drawn but lead nowhere: a press on one goes into the text, as it does in the editor. */
  areLinksStill?: boolean
  /** What headings are on the page, by their own level: inside a field they are below those of the page, all alike. */
  headingAs?: (level: number) => string
}

/** Rich text as it is read, without an editor. */
export function Blocks(props: BlocksProps): JSX.Element {
  return <For each={props.blocks}>{(block) => <BlockView {...props} block={block} />}</For>
}

type Inside<T> = Omit<BlocksProps, 'blocks'> & T

function BlockView(props: Inside<{ block: Block }>): JSX.Element {
  const { block } = props
  switch (block.type) {
    case 'heading':
      return (
        <Dynamic component={props.headingAs?.(block.level) ?? 'h4'}>
          <Spans {...props} spans={block.spans} />
        </Dynamic>
      )
    case 'paragraph':
      return (
        <p>
          <Spans {...props} spans={block.spans} />
        </p>
      )
    case 'quote':
      return (
        <blockquote>
          <Blocks {...props} blocks={block.blocks} />
        </blockquote>
      )
    case 'list':
      return <List {...props} ordered={block.ordered} items={block.items} />
    case 'code':
      return <pre>{block.text}</pre>
    case 'rule':
      return <hr />
  }
}

function List(props: Inside<{ ordered: boolean; items: readonly (readonly Block[])[] }>): JSX.Element {
  const items = () => (
    <For each={props.items}>
      {(item) => (
        <li>
          <Blocks {...props} blocks={item} />
        </li>
      )}
    </For>
  )
  return (
    <Show when={props.ordered} fallback={<ul>{items()}</ul>}>
      <ol>{items()}</ol>
    </Show>
  )
}

/** A line without words keeps its height, as it has one in the editor. */
function Spans(props: Inside<{ spans: readonly Span[] }>): JSX.Element {
  return (
    <For each={props.spans} fallback={<br />}>
      {(span) => <SpanView {...props} span={span} />}
    </For>
  )
}

export function SpanView(props: Inside<{ span: Span }>): JSX.Element {
  const words = () => (
    <Switch fallback={props.span.text}>
      <Match when={props.span.bold && props.span.italic}>
        <strong>
          <em>{props.span.text}</em>
        </strong>
      </Match>
      <Match when={props.span.bold}>
        <strong>{props.span.text}</strong>
      </Match>
      <Match when={props.span.italic}>
        <em>{props.span.text}</em>
      </Match>
    </Switch>
  )
  return (
    <Switch fallback={words()}>
      <Match when={props.areLinksStill && props.span.link}>
        <span class="link">{words()}</span>
      </Match>
      <Match when={props.span.link}>
        {(href) => (
          <a href={href()} target="_blank" rel="noopener noreferrer">
            {words()}
          </a>
        )}
      </Match>
    </Switch>
  )
}
