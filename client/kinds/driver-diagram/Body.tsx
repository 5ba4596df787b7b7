import { batch, createEffect, createMemo, createSignal, on, onCleanup, onMount, Show } from 'solid-js'
import { createStore, reconcile } from 'solid-js/store'
import { Portal } from 'solid-js/web'
import { aimId } from '#shared/kinds/driver-diagram/model.ts'
import type { PresentPerson } from '../../sync/presence.ts'
import { IconButton } from '../../ui/Button.tsx'
import { Choices } from '../../ui/Choices.tsx'
import type { BodyProps } from '../view.ts'
import { AimPanel } from './AimPanel.tsx'
import { CardPanel } from './CardPanel.tsx'
import { Checks, checksTitle } from './Checks.tsx'
import { createCommands } from './commands.ts'
import { createDiagram } from './create-diagram.ts'
import { DiagramView } from './DiagramView.tsx'
import { Dialogs } from './Dialogs.tsx'
import './diagram.css'
import { exportActions } from './export-actions.ts'
import { OutlineView } from './OutlineView.tsx'
import type { OpenDialog, ViewName } from './on-screen.ts'
import { type OutlineRow, outlineRows } from './outline-rows.ts'
import { type Page, PageContext } from './page.ts'
import { createSelection } from './selection.ts'
import { throughItems } from './through-items.ts'
import { createViewport, headsHeight } from './viewport.ts'

/** A driver diagram, once its content is here. */
export function Body(props: BodyProps) {
  return <Show when={props.open.ready()}>{<OpenDiagram {...props} />}</Show>
}

/** Below this the canvas is too narrow to be read, and above the second the panel stands beside it. */
const narrow = '(max-width: 1180px)'
const wide = '(min-width: 1401px)'

function OpenDiagram(props: BodyProps) {
  const { open } = props
  const isNarrow = createMedia(narrow)
  const isWide = createMedia(wide)
  const [chosenView, setChosenView] = createSignal<ViewName>()
  const view = createMemo<ViewName>(() => chosenView() ?? (isNarrow() ? 'outline' : 'diagram'))

  const selection = createSelection()
  const diagram = createDiagram(open, selection.card)
  const viewport = createViewport(diagram.layout)
  const gone = () => (diagram.card(selection.card() ?? '')?.gone ? selection.card() : undefined)
  const rows = createMemo<readonly OutlineRow[]>((before) => {
    diagram.inColumn('idea')
    return outlineRows(diagram.model(), before, gone())
  }, [])

  const [panelWanted, setPanelWanted] = createSignal<boolean>()
  const [openLink, setOpenLink] = createSignal<string>()
  const [openLinkAtWhy, setAtWhy] = createSignal(false)
  const [dialog, openDialog] = createSignal<OpenDialog>()
  const [said, say] = createSignal('', { equals: false })
  const peopleAt = createPeopleAt(props)
  const isPanelOpen = () => panelWanted() ?? (isWide() && view() === 'diagram')
  let canvas: HTMLElement | undefined
  let outline: HTMLElement | undefined

  const focus = () => {
    const root = view() === 'diagram' ? canvas : outline
    const target =
      root?.querySelector<HTMLElement>('.is-chosen textarea') ??
      root?.querySelector<HTMLElement>('.is-chosen') ??
      root
    target?.focus({ preventScroll: view() === 'diagram' || target === root })
  }

  const openPanel: Page['openPanel'] = (isOpen, at) => {
    batch(() => {
      setPanelWanted(isOpen)
      setAtWhy(at?.link !== undefined)
      if (at?.link !== undefined) setOpenLink(at.link)
    })
    if (!isOpen) focus()
    else if (at === undefined) panel?.focus()
  }
  let panel: HTMLElement | undefined

  const commands = createCommands({
    open,
    me: props.me,
    diagram,
    selection,
    viewport,
    view,
    rows,
    openPanel,
    openDialog,
    say,
    focus,
  })

  const people = createMemo(() => new Map(props.network.members.map(({ person }) => [person.id, person])))
  const page: Page = {
    open,
    me: props.me,
    network: props.network,
    diagram,
    selection,
    viewport,
    commands,
    view,
    rows,
    isPanelOpen,
    openPanel,
    openLink,
    setOpenLink: (link) => {
      setAtWhy(false)
      setOpenLink(link)
    },
    openLinkAtWhy,
    dialog,
    openDialog,
    peopleAt,
    personOf: (account) => people().get(account),
    say,
  }

  // Others see where this reader stands; what they write in says so by itself.
  createEffect(() => open.announce({ at: selection.card() }))
  // A clicked link is opened in the panel.
  createEffect(
    on(selection.link, (link) => view() === 'diagram' && link !== undefined && page.setOpenLink(link)),
  )
  createEffect(() => props.frame.setThroughLine(throughItems(open.id, diagram, selection)))
  createEffect(() => props.frame.setExports(exportActions(page, props.detail.title)))
  onCleanup(() => open.announce({ at: undefined }))
  keepRowChosen(page)
  follow(props, page)
  pasteOnPage(page, () => canvas ?? outline)
  chooseByAddress(page)

  const checks = createChecksPlace(page)
  return (
    <PageContext.Provider value={page}>
      <Show when={props.frame.tools()}>
        {(place) => (
          <Portal mount={place()}>
            <Tools page={page} setView={setChosenView} />
          </Portal>
        )}
      </Show>
      <div class="diagram-body">
        <div class="work">
          <Show
            when={view() === 'diagram'}
            fallback={
              <OutlineView
                outlineRef={(element) => {
                  outline = element
                  canvas = undefined
                }}
                checks={<OutlineChecks page={page} />}
              />
            }
          >
            <DiagramView
              canvasRef={(element) => {
                canvas = element
                outline = undefined
              }}
              checks={
                <Show when={checks.isShown()}>
                  <Checks onHide={checks.hide} floats={checks.floats()} onHeight={checks.setHeight} />
                </Show>
              }
              checksButton={
                <Show when={!checks.isShown()}>
                  <button type="button" class="link-button nowrap" onClick={checks.show}>
                    {checksTitle(lookCount(page))}
                  </button>
                </Show>
              }
            />
          </Show>
        </div>
        <Show when={isPanelOpen()}>
          <aside
            ref={panel}
            class="panel"
            tabIndex={-1}
            aria-label={selection.card() === undefined || selection.card() === aimId ? 'Aim' : 'Card'}
            onKeyDown={(event) => {
              if (event.key === 'Escape' && !event.defaultPrevented) openPanel(false)
            }}
          >
            <Show
              when={selection.card() !== undefined && selection.card() !== aimId && selection.card()}
              fallback={<AimPanel />}
            >
              {(card) => <CardPanel card={card()} />}
            </Show>
          </aside>
        </Show>
      </div>
      <div class="visually-hidden" role="status" aria-live="polite">
        {said()}
      </div>
      <Dialogs />
    </PageContext.Provider>
  )
}

function Tools(props: { page: Page; setView: (view: ViewName) => void }) {
  const { open, commands } = props.page
  const steps = createUndoSteps(props.page)
  return (
    <div class="diagram-tools">
      <Show when={open.canEdit()}>
        <span class="row undo-tools">
          <IconButton icon="undo" label="Undo" disabled={!steps.canUndo()} onClick={() => commands.undo()} />
          <IconButton icon="redo" label="Redo" disabled={!steps.canRedo()} onClick={() => commands.redo()} />
        </span>
      </Show>
      <Choices
        label="View"
        compact
        options={[
          { value: 'diagram', label: 'Diagram', icon: 'diagram' },
          { value: 'outline', label: 'Outline', icon: 'outline' },
        ]}
        value={props.page.view()}
        onChange={props.setView}
      />
      <IconButton
        kind="plain"
        icon="panel"
        label="Side panel"
        pressed={props.page.isPanelOpen()}
        onClick={() => props.page.openPanel(!props.page.isPanelOpen())}
      />
    </div>
  )
}

function createUndoSteps({ open }: Page) {
  const read = () => ({ undo: open.undo.undoStack.length > 0, redo: open.undo.redoStack.length > 0 })
  const [steps, setSteps] = createSignal(read(), { equals: (a, b) => a.undo === b.undo && a.redo === b.redo })
  const update = () => setSteps(read())
  const events = ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const
  for (const event of events) open.undo.on(event, update)
  open.doc.on('afterTransaction', update)
  onCleanup(() => {
    for (const event of events) open.undo.off(event, update)
    open.doc.off('afterTransaction', update)
  })
  return { canUndo: () => steps().undo, canRedo: () => steps().redo }
}

const lookCount = ({ diagram }: Page): number =>
  diagram.checks().filter((check) => check.state === 'look').length

/** In the outline the checks are a line above it that opens. */
function OutlineChecks(props: { page: Page }) {
  const [isOpen, setOpen] = createSignal(false)
  return (
    <>
      <div class="row checks-line">
        <button
          type="button"
          class="link-button push small"
          aria-expanded={isOpen()}
          onClick={() => setOpen(!isOpen())}
        >
          {checksTitle(lookCount(props.page))}
        </button>
      </div>
      <Show when={isOpen()}>
        <Checks onHide={() => setOpen(false)} />
      </Show>
    </>
  )
}

/**
 * Where the checks stand: in the empty corner under the aim while it is empty; when the work comes there they become a
 * line in the foot that opens them over the canvas.
 */
function createChecksPlace({ diagram, viewport }: Page) {
  const [wanted, setWanted] = createSignal<boolean>()
  const [needed, setNeeded] = createSignal(200)
  const hasRoom = createMemo(() => {
    const { x, y, width, height } = viewport.window()
    const zoom = viewport.zoom()
    const aim = diagram.place(aimId)
    const primary = diagram.columnsAt().find((column) => column.column === 'primary')
    if (width === 0 || !aim || !primary) return false
    const below = height - (aim.y * zoom - y + headsHeight)
    return primary.x * zoom - x > 24 + 200 + 16 && below > needed() + 40
  })
  return {
    isShown: () => (wanted() === undefined ? hasRoom() : wanted() === true),
    floats: () => !hasRoom(),
    setHeight: (height: number) => {
      if (hasRoom()) setNeeded(height)
    },
    show: () => setWanted(true),
    hide: () => setWanted(false),
  }
}

/** Colleagues by the card they stand in; only the cards concerned are told when someone moves. */
function createPeopleAt(props: BodyProps): Page['peopleAt'] {
  const [at, setAt] = createStore<Record<string, readonly PresentPerson[]>>({})
  createEffect(() => {
    const next: Record<string, PresentPerson[]> = {}
    for (const person of props.open.people()) {
      if (person.self || person.at === undefined) continue
      const here = next[person.at]
      if (here) here.push(person)
      else next[person.at] = [person]
    }
    setAt(reconcile(next, { key: 'accountId' }))
  })
  return (card) => at[card] ?? nobody
}

const nobody: readonly PresentPerson[] = []

/**
 * In the outline a card is chosen at one of its lines: at the first when it comes from the diagram, or when its line went
 * to another parent. In the diagram it is chosen as a card, and not one of its links with it.
 */
function keepRowChosen({ view, selection, rows }: Page): void {
  createEffect(
    on(view, (now, before) => {
      if (now === 'diagram' && before === 'outline') selection.relink(undefined)
    }),
  )
  createEffect(() => {
    const card = selection.card()
    if (view() !== 'outline' || card === undefined) return
    const lines = rows().filter((row) => row.card === card)
    if (lines.length > 0 && !lines.some((row) => row.link === selection.link()))
      selection.relink(lines[0]?.link)
  })
}

/** Keeps in sight the card in which the followed colleague stands, until the reader goes their own way. */
function follow(props: BodyProps, page: Page): void {
  const card = createMemo(() => {
    const account = props.frame.following()
    if (account === undefined) return undefined
    return props.open.people().find((person) => person.accountId === account && !person.self)?.at
  })
  createEffect(() => {
    const place = page.diagram.place(card() ?? '')
    if (!place) return
    if (page.view() === 'diagram') {
      const { x, top: y, width, height } = place
      page.viewport.reveal({ x, y, width, height }, { centered: true, smooth: true })
    } else {
      document
        .querySelector(`.outline [data-card="${CSS.escape(place.id)}"]`)
        ?.scrollIntoView({ block: 'center' })
    }
  })
  const goOwnWay = (event: Event) => {
    const isOnWork = event.target instanceof Element && event.target.closest('.diagram-body .work')
    if (isOnWork && props.frame.following() !== undefined) props.frame.stopFollowing()
  }
  for (const name of ['wheel', 'pointerdown', 'keydown'] as const) {
    document.addEventListener(name, goOwnWay, { passive: true })
    onCleanup(() => document.removeEventListener(name, goOwnWay))
  }
}

/** An address that ends in a card's id chooses that card: from a link elsewhere, and on the through-line above. */
function chooseByAddress(page: Page): void {
  const here = `/documents/${page.open.id}#`
  const go = (id: string) => {
    if (page.diagram.card(id)) page.commands.goTo(id)
  }
  const onClick = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a')?.getAttribute('href') : undefined
    if (!link?.startsWith(here) || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0)
      return
    // One stays on this page: nothing is left behind that would have to be saved first.
    event.preventDefault()
    go(link.slice(here.length))
  }
  onMount(() => {
    go(decodeURIComponent(location.hash.slice(1)))
    document.addEventListener('click', onClick, true)
  })
  onCleanup(() => document.removeEventListener('click', onClick, true))
}

/** Several lines pasted on the canvas become cards. */
function pasteOnPage(page: Page, place: () => HTMLElement | undefined): void {
  const onPaste = (event: ClipboardEvent) => {
    const target = event.target instanceof Element ? event.target : undefined
    if (!page.open.canEdit() || target?.closest('textarea, input, [contenteditable="true"], [role="dialog"]'))
      return
    if (target !== document.body && !place()?.contains(target ?? null)) return
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (text.trim() === '') return
    event.preventDefault()
    const under = page.selection.card()
    page.openDialog({ kind: 'paste', text, ...(under === undefined ? {} : { under }) })
  }
  onMount(() => document.addEventListener('paste', onPaste))
  onCleanup(() => document.removeEventListener('paste', onPaste))
}

function createMedia(query: string): () => boolean {
  const media = matchMedia(query)
  const [matches, setMatches] = createSignal(media.matches)
  const update = () => setMatches(media.matches)
  media.addEventListener('change', update)
  onCleanup(() => media.removeEventListener('change', update))
  return matches
}
