import {
  createEffect,
  createMemo,
  createSelector,
  createSignal,
  For,
  type JSX,
  onCleanup,
  onMount,
  Show,
} from 'solid-js'
import type { Layout } from '#shared/kinds/driver-diagram/layout.ts'
import { aimId, columnNames, linkEnds } from '#shared/kinds/driver-diagram/model.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { CardView } from './CardView.tsx'
import { Checks, checksTitle } from './Checks.tsx'
import { createCardDrag } from './card-drag.ts'
import { createChecksPlace } from './checks-place.ts'
import { createFocusChoice } from './choose-focused.ts'
import { createDrawn } from './create-drawn.ts'
import { ColumnGlyph, LinkSample, StatusFace } from './Glyphs.tsx'
import { answerKey, keysHint } from './keyboard.ts'
import { LinksLayer } from './LinksLayer.tsx'
import { type Page, usePage } from './page.ts'
import { ReadOnlyNote } from './ReadOnlyNote.tsx'
import { columnTheme } from './words.ts'

/**
 * The diagram on its canvas. To those who hear the page it is a tree whose levels are the columns; each card says what it
 * leads to. https://www.w3.org/WAI/ARIA/apg/patterns/treeview/
 */
export function DiagramView(props: { elementRef: (canvas: HTMLElement) => void }) {
  const page = usePage()
  const { diagram, selection, viewport, commands, open } = page
  const chooseFocused = createFocusChoice(page)
  const [canvas, setCanvas] = createSignal<HTMLElement>()
  const drag = createCardDrag({ ...page, link: commands.link, canvas })
  const drawn = createDrawn(page)
  const way = createMemo(() => wayToAim(page))
  // Selectors wake what comes onto the way or leaves it, not all three hundred.
  const isCardOnWay = createSelector(way, (card: string, now) => now.cards.has(card))
  const isLinkOnWay = createSelector(way, (link: string, now) => now.links.has(link))
  const zoom = viewport.zoom
  const onScreen = (length: number) => `${Math.round(length * zoom())}px`

  onMount(() => {
    const element = canvas()
    if (!element) return
    viewport.attach(element)
    const aim = diagram.place(aimId)
    viewport.open(aim && { x: aim.x, y: aim.top, width: aim.width, height: aim.height })
  })

  const glides = createGliding(page)
  const isLifted = createSelector(() => drag.lifted()?.card)
  const isTarget = createSelector(drag.target)
  const checks = createChecksPlace(page)

  const onClick = (event: MouseEvent) => {
    if (!(event.target instanceof Element) || event.target.closest('button, textarea')) return
    const card = event.target.closest<HTMLElement>('[data-card]')?.dataset.card
    const link = event.target.closest<SVGElement>('[data-link]')?.dataset.link
    if (card !== undefined) return clickCard(card, event)
    if (link !== undefined) return selection.choose(linkEnds(link)?.from ?? '', link)
    if (event.target.closest('.heads')) return
    selection.clear()
  }

  const clickCard = (card: string, event: MouseEvent) => {
    // A finger has no double click worth the name: the second tap writes.
    const isSecondTap = selection.isChosen(card) && selection.link() === undefined && isTouch(event)
    if (isSecondTap && open.canEdit()) return selection.edit(card)
    if (!selection.isChosen(card) || selection.link() !== undefined) selection.choose(card)
  }

  const onDoubleClick = (event: MouseEvent) => {
    const card =
      event.target instanceof Element && event.target.closest<HTMLElement>('[data-card]')?.dataset.card
    if (card && open.canEdit()) selection.edit(card)
  }

  const onPointerDown = (event: PointerEvent) => {
    if (!(event.target instanceof Element) || event.target.closest('button, textarea')) return
    const card = event.target.closest<HTMLElement>('[data-card]')?.dataset.card
    // A finger first chooses, then carries; until then it scrolls.
    if (card === undefined || (event.pointerType === 'touch' && !selection.isChosen(card))) return
    drag.beginCard(event, card)
  }

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it listens for its cards, which are what is acted on. */}
      <div
        ref={(element) => {
          setCanvas(element)
          props.elementRef(element)
        }}
        class="canvas"
        tabIndex={-1}
        onClick={onClick}
        onDblClick={onDoubleClick}
        onPointerDown={onPointerDown}
        onKeyDown={(event) => answerKey(event, page)}
        onFocusIn={chooseFocused}
        onFocusOut={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget as Node | null)) selection.endRest()
        }}
      >
        <div class="heads" aria-hidden="true" style={{ width: onScreen(diagram.layout().width) }}>
          <For each={diagram.columnsAt()}>
            {(column) => (
              <span
                class={`head ${columnTheme[column.column]}`}
                style={{ transform: `translateX(${onScreen(column.x)})` }}
              >
                <ColumnGlyph column={column.column} />
                <b>{columnNames[column.column].many}</b>
                <Show when={column.column !== 'aim'}>
                  <span class="faint">{column.count}</span>
                </Show>
              </span>
            )}
          </For>
        </div>
        <div
          class="extent"
          style={{ width: onScreen(diagram.layout().width), height: onScreen(diagram.layout().height) }}
        >
          <div class="plane" style={{ transform: zoom() === 1 ? 'none' : `scale(${zoom()})` }}>
            <LinksLayer links={drawn.links()} isOnWay={isLinkOnWay} glides={glides} drag={drag} />
            <div
              role="tree"
              aria-label="Driver diagram, from the aim to change ideas"
              aria-description={keysHint}
            >
              <For each={drawn.cards()}>
                {(id, index) => (
                  <CardView
                    card={id}
                    isOnWay={isCardOnWay(id)}
                    glides={glides(id)}
                    isLifted={isLifted(id)}
                    isTarget={isTarget(id)}
                    isFirst={index() === 0}
                    drag={drag}
                  />
                )}
              </For>
            </div>
            <Show when={drag.gap()}>
              {(gap) => (
                <div
                  class="drop-line"
                  style={{ transform: `translate(${gap().x}px, ${gap().y}px)`, width: `${gap().width}px` }}
                />
              )}
            </Show>
            <Beginning />
          </div>
        </div>
      </div>
      <Show when={checks.isShown()}>
        <Checks onHide={checks.hide} floats={checks.floats()} onHeight={checks.setHeight} />
      </Show>
      <Foot
        checksButton={
          <Show when={!checks.isShown()}>
            <button type="button" class="link-button nowrap" onClick={checks.show}>
              {checksTitle(diagram)}
            </button>
          </Show>
        }
      />
      <Show when={drag.lifted()}>
        {(lifted) => (
          <div class="lifted" style={{ transform: `translate(${lifted().x + 14}px, ${lifted().y + 12}px)` }}>
            {diagram.card(lifted().card)?.title || 'A card without words'}
            <div class="label">{lifted().hint}</div>
          </div>
        )}
      </Show>
    </>
  )
}

const isTouch = (event: MouseEvent): boolean => 'pointerType' in event && event.pointerType === 'touch'

/** All cards and links on the way from the chosen card to the aim. */
function wayToAim({ diagram, selection }: Pick<ReturnType<typeof usePage>, 'diagram' | 'selection'>) {
  const cards = new Set<string>()
  const links = new Set<string>()
  const waiting = [selection.card()]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (cards.has(id)) continue
    cards.add(id)
    for (const link of diagram.parents(id)) {
      links.add(link.id)
      waiting.push(link.to)
    }
  }
  return { cards, links }
}

/** More cards and links than this in motion are not followed by any eye, and cost frames. */
const mostInMotion = 80
const none: ReadonlySet<string> = new Set()

/** The cards and links that came to stand elsewhere glide there for a moment; never while zooming or opening. */
function createGliding({ diagram }: Pick<Page, 'diagram'>): (id: string) => boolean {
  const [gliding, setGliding] = createSignal(none)
  let timer: ReturnType<typeof setTimeout> | undefined
  let before: Layout | undefined
  createEffect(() => {
    const now = diagram.layout()
    const moved = before === undefined ? [] : movedPieces(before, now)
    before = now
    if (moved.length === 0 || moved.length > mostInMotion) return
    setGliding((others) => new Set([...others, ...moved]))
    clearTimeout(timer)
    timer = setTimeout(() => setGliding(none), 260)
  })
  onCleanup(() => clearTimeout(timer))
  return createSelector(gliding, (id: string, now) => now.has(id))
}

function movedPieces(before: Layout, now: Layout): string[] {
  const moved: string[] = []
  for (const [id, place] of now.cards) {
    const was = before.cards.get(id)
    if (was !== undefined && (was.y !== place.y || was.x !== place.x)) moved.push(id)
  }
  for (const [id, place] of now.links) {
    const was = before.links.get(id)
    if (was !== undefined && was.d !== place.d) moved.push(id)
  }
  return moved
}

/** An empty diagram teaches the method in a sentence and offers the next step. */
function Beginning() {
  const { diagram, open, commands } = usePage()
  const next = () => {
    if (diagram.inColumn('primary').length === 0) return 'primary' as const
    if (diagram.inColumn('secondary').length === 0 && diagram.inColumn('idea').length === 0)
      return 'secondary' as const
    return undefined
  }
  const x = (column: 'primary' | 'secondary') =>
    diagram.columnsAt().find((at) => at.column === column)?.x ?? 0
  return (
    <Show when={open.canEdit() && next()}>
      {(column) => (
        <div class="beginning" style={{ transform: `translate(${x(column())}px, 24px)` }}>
          <div class="stack">
            <p class="quiet small">
              {column() === 'primary'
                ? 'What would have to change for the aim to be reached? Two to five primary drivers are usual.'
                : 'What moves a primary driver? Choose one and press Tab, or begin here.'}
            </p>
            <Button
              icon="plus"
              onClick={() => (column() === 'primary' ? commands.addTo('primary') : commands.addUnder())}
            >
              {column() === 'primary' ? 'Add a primary driver' : 'Add a secondary driver'}
            </Button>
          </div>
        </div>
      )}
    </Show>
  )
}

/** What the marks mean, and how near one is. */
function Foot(props: { checksButton: JSX.Element }) {
  const { viewport, commands } = usePage()
  return (
    <div class="foot no-print">
      {props.checksButton}
      <ReadOnlyNote />
      <div class="legend">
        <span class="keys">
          <span class="key">
            <LinkSample strength="strong" />
            strong
          </span>
          <span class="key">
            <LinkSample strength="weak" />
            weak
          </span>
          <span class="key">
            <LinkSample strength="strong" polarity="hinders" />
            hinders
          </span>
        </span>
        <span class="keys idea">
          <For
            each={
              ['proposed', 'accepted', 'in-testing', 'adapted', 'adopted', 'abandoned', 'spread'] as const
            }
          >
            {(status) => (
              <span class="key">
                <StatusFace status={status} />
                {status === 'in-testing' ? 'in testing' : status}
              </span>
            )}
          </For>
        </span>
      </div>
      <span class="push row">
        <IconButton icon="minus" label="Zoom out" onClick={() => commands.zoomBy(1 / 1.2)} />
        <span class="zoom">{Math.round(viewport.zoom() * 100)}&nbsp;%</span>
        <IconButton icon="plus" label="Zoom in" onClick={() => commands.zoomBy(1.2)} />
        <IconButton icon="fit" label="See all of it" onClick={() => commands.fit()} />
        <button type="button" class="button quiet" onClick={() => commands.showKeys()}>
          Keys <kbd>?</kbd>
        </button>
      </span>
    </div>
  )
}
