import { createMemo, For, type JSX, Show } from 'solid-js'
import type { LinkPlace } from '#shared/kinds/driver-diagram/layout.ts'
import { type Card, columnNames, type Diagram } from '#shared/kinds/driver-diagram/model.ts'
import type { Network } from '#shared/network.ts'
import { MarkedWords } from '../../form/MarkedWords.tsx'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import type { ComparedProps } from '../view.ts'
import './compared.css'
import { type Compared, type ComparedCard, type ComparedLink, compareDiagrams } from './create-compared.ts'
import {
  cardSentences,
  countsInWords,
  type DifferenceSign,
  linkSentence,
  signNames,
} from './difference-words.ts'
import { ColumnGlyph, StatusFace } from './Glyphs.tsx'
import { columnTheme } from './words.ts'

/** Two moments of a diagram: its drawing with what came, went and moved marked, and the same in words. */
export function ComparedDiagram(props: ComparedProps): JSX.Element {
  const after = () => asDiagram(props.after)
  const before = () => (props.before === undefined ? after() : asDiagram(props.before))
  const compared = createMemo(() => compareDiagrams(before(), after(), props.side))
  return (
    <>
      <Drawing {...props} compared={compared()} />
      {props.ofChosen}
      <Show when={props.before !== undefined && props.side !== 'before'}>
        <InWords compared={compared()} network={props.network} />
      </Show>
    </>
  )
}

// The page hands a kind only models that this kind has read.
const asDiagram = (model: unknown): Diagram => model as Diagram

function Drawing(props: ComparedProps & { compared: Compared }): JSX.Element {
  const layout = () => props.compared.layout
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by the keyboard too.
    <section class="compared-diagram" aria-label={props.label} tabIndex={0}>
      <div
        class="plane"
        style={{ width: `${layout().width}px`, height: `${layout().height + headHeight}px` }}
      >
        <For each={layout().columns}>
          {({ column, x }) => (
            <p class="head" style={{ left: `${x}px` }}>
              <ColumnGlyph column={column} />
              <b>{columnNames[column].many}</b>
            </p>
          )}
        </For>
        <svg class="links-layer" width={layout().width} height={layout().height} aria-hidden="true">
          <For each={props.compared.links}>
            {(link) => (
              <Show when={layout().links.get(link.link.id)}>
                {(place) => <LinkLine compared={link} place={place()} />}
              </Show>
            )}
          </For>
        </svg>
        <ul class="cards">
          <For each={props.compared.cards}>{(card) => <CardItem {...props} card={card} />}</For>
        </ul>
      </div>
    </section>
  )
}

/** Room for the names of the columns. */
const headHeight = 36

/** A sign on a link, drawn at its middle: what came and what went differ by more than their colors. */
const linkSigns: Readonly<Record<NonNullable<ComparedLink['sign']>, string>> = {
  added: 'M-4 0H4M0 -4V4',
  removed: 'M-4 0H4',
  changed: 'M-4 -2H4M-4 2H4',
}

function LinkLine(props: { compared: ComparedLink; place: LinkPlace }): JSX.Element {
  return (
    <g class={props.compared.sign ?? ''}>
      <path d={props.place.d} classList={{ weak: props.compared.link.strength === 'weak' }} />
      <Show when={props.compared.link.polarity === 'hinders'}>
        <path d={props.place.bar} />
      </Show>
      <Show when={props.compared.sign}>
        {(sign) => (
          <g transform={`translate(${props.place.mid.x} ${props.place.mid.y})`}>
            <circle r="7" />
            <path class="sign" d={linkSigns[sign()]} />
          </g>
        )}
      </Show>
    </g>
  )
}

const signIcons: Readonly<Record<DifferenceSign, IconName>> = {
  added: 'plus',
  removed: 'minus',
  moved: 'right',
  changed: 'edit',
}

function CardItem(props: ComparedProps & { compared: Compared; card: ComparedCard }): JSX.Element {
  const { card, sign } = props.card
  const place = () => props.compared.layout.cards.get(card.id)
  return (
    <Show when={place()}>
      {(place) => (
        <li
          class={`${columnTheme[card.column]} ${sign ?? ''}`}
          style={{
            left: `${place().x}px`,
            top: `${place().top + headHeight}px`,
            width: `${place().width}px`,
          }}
        >
          <button
            type="button"
            style={{ height: `${place().height}px` }}
            aria-pressed={props.chosen === card.id}
            onClick={() => props.onChoose(props.chosen === card.id ? undefined : card.id)}
          >
            <span class="visually-hidden">{`${columnNames[card.column].one}: `}</span>
            <Show when={card.status}>{(status) => <StatusFace status={status()} />}</Show>
            <Words card={card} words={props.card.words} side={props.side} />
          </button>
          <Show when={sign}>
            {(sign) => (
              <span class="sign">
                <Icon name={signIcons[sign()]} />
                {signNames[sign()]}
              </span>
            )}
          </Show>
        </li>
      )}
    </Show>
  )
}

function Words(props: {
  card: Card
  words: ComparedCard['words']
  side: ComparedProps['side']
}): JSX.Element {
  return (
    <span classList={{ serif: props.card.column === 'aim' }}>
      <Show when={props.words.some(({ text }) => text !== '')} fallback="No words yet">
        <MarkedWords spans={props.words} side={props.side} />
      </Show>
    </span>
  )
}

/** Everything that differs as a list of sentences. */
function InWords(props: { compared: Compared; network: Network }): JSX.Element {
  const titles = createMemo(
    () => new Map(props.compared.differences.both.cards.map(({ id, title }) => [id, title])),
  )
  const nameOf = (owner: string) =>
    props.network.members.find(({ person }) => person.id === owner)?.person.name ?? owner
  return (
    <section class="compared-words" aria-label="What differs in the diagram">
      <p>
        <b>{countsInWords(props.compared.differences)}</b>
      </p>
      <ul>
        <For each={props.compared.differences.cards}>
          {(difference) => (
            <li>
              {cardSentences(difference, nameOf).join(' ')}
              <Show when={difference.kind === 'changed' && difference.words}>
                {(words) => (
                  <>
                    {' '}
                    <MarkedWords spans={words()} side="both" />
                  </>
                )}
              </Show>
            </li>
          )}
        </For>
        <For each={props.compared.differences.links}>
          {(difference) => <li>{linkSentence(difference, (id) => titles().get(id) ?? '')}</li>}
        </For>
      </ul>
    </section>
  )
}
