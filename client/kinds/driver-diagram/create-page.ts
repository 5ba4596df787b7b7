import { type Accessor, batch, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js'
import { createPeopleAt } from '../../form/people-at.ts'
import { createRecords } from '../../records.ts'
import type { BodyProps } from '../view.ts'
import { chooseByAddress } from './card-address.ts'
import { createCommands } from './commands.ts'
import { createDiagram } from './create-diagram.ts'
import { createProposals } from './create-proposals.ts'
import { exportActions } from './export-actions.ts'
import { createFollowing } from './following.ts'
import type { OpenDialog, ViewName } from './on-screen.ts'
import { type OutlineRow, outlineRows } from './outline-rows.ts'
import type { Page } from './page.ts'
import { createPasting } from './pasting.ts'
import { createSelection } from './selection.ts'
import { throughItems } from './through-items.ts'
import { createViewport } from './viewport.ts'

/** A page, and what its drawing gives back to it. */
export interface CreatedPage {
  readonly page: Page
  setView(view: ViewName): void
  /** What was said last to those who hear the page. */
  readonly said: Accessor<string>
  /** The element that takes the keyboard when nothing is chosen: the canvas or the outline. */
  takeWork(element: HTMLElement): void
  takePanel(element: HTMLElement): void
}

/** Below this the canvas is too narrow to be read, and above the second the panel stands beside it. */
const narrow = '(max-width: 1180px)'
const wide = '(min-width: 1401px)'

/** Everything that an open diagram decides; `Body` draws it. */
export function createPage(props: BodyProps): CreatedPage {
  const { open, me, network } = props
  const isNarrow = createMedia(narrow)
  const isWide = createMedia(wide)
  const [chosenView, setView] = createSignal<ViewName>()
  const view = createMemo<ViewName>(() => chosenView() ?? (isNarrow() ? 'outline' : 'diagram'))
  const [said, say] = createSignal('', { equals: false })
  const [dialog, openDialog] = createSignal<OpenDialog>()
  let work: HTMLElement | undefined
  let panel: HTMLElement | undefined

  const selection = createSelection()
  const diagram = createDiagram(open, selection.card)
  const viewport = createViewport(diagram.layout)
  const records = createRecords(
    () => open.id,
    () => network.id,
  )
  const rows = createRows({ diagram, selection, view })
  const people = createMemo(() => new Map(network.members.map(({ person }) => [person.id, person])))

  const focus = () => {
    const chosen = work?.querySelector<HTMLElement>('.is-chosen')
    const target = chosen?.querySelector<HTMLElement>('textarea') ?? chosen ?? work
    target?.focus({ preventScroll: view() === 'diagram' || target === work })
  }
  const side = createSidePanel({
    isOpenAtFirst: () => isWide() && view() === 'diagram',
    focusPanel: () => panel?.focus(),
    focusWork: focus,
  })
  const { openPanel } = side
  const commands = createCommands({
    open,
    me,
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
  const page: Page = {
    open,
    me,
    network,
    diagram,
    selection,
    viewport,
    commands,
    proposals: createProposals(open, records),
    Carried: props.frame.Carried,
    view,
    rows,
    dialog,
    openDialog,
    say,
    ...side,
    peopleAt: createPeopleAt(open),
    personOf: (account) => people().get(account),
  }

  // Others see where this reader stands; what they write in says so by itself.
  createEffect(() => open.announce({ at: selection.card() }))
  onCleanup(() => open.announce({ at: undefined }))
  // A clicked link is opened in the panel.
  createEffect(
    on(selection.link, (link) => view() === 'diagram' && link !== undefined && page.setOpenLink(link)),
  )
  createEffect(() => props.frame.setThroughLine(throughItems(open.id, diagram, selection), selection.card()))
  createEffect(() => props.frame.setExports(exportActions(page, props.detail.title)))
  keepRowChosen(page)
  createFollowing(props.frame, page)
  createPasting(page, () => work)
  chooseByAddress(page)

  return {
    page,
    setView,
    said,
    takeWork: (element) => {
      work = element
    },
    takePanel: (element) => {
      panel = element
    },
  }
}

/** The outline's lines; made only while the outline is looked at. */
function createRows({ diagram, selection, view }: Pick<Page, 'diagram' | 'selection' | 'view'>) {
  const gone = () => (diagram.card(selection.card() ?? '')?.gone ? selection.card() : undefined)
  return createMemo<readonly OutlineRow[]>((before) => {
    if (view() !== 'outline') return before
    // The lines change with what leads to what, which the columns change with.
    diagram.inColumn('idea')
    return outlineRows(diagram.model(), before, gone())
  }, [])
}

/** Whether the side panel is open, and at which link's form. */
function createSidePanel(of: {
  readonly isOpenAtFirst: () => boolean
  focusPanel(): void
  focusWork(): void
}): Pick<Page, 'isPanelOpen' | 'openPanel' | 'openLink' | 'setOpenLink' | 'openLinkAtWhy'> {
  const [wanted, setWanted] = createSignal<boolean>()
  const [openLink, setOpenLink] = createSignal<string>()
  const [openLinkAtWhy, setAtWhy] = createSignal(false)
  return {
    isPanelOpen: () => wanted() ?? of.isOpenAtFirst(),
    openPanel(isOpen, at) {
      batch(() => {
        setWanted(isOpen)
        setAtWhy(at?.link !== undefined)
        if (at?.link !== undefined) setOpenLink(at.link)
      })
      if (!isOpen) of.focusWork()
      else if (at === undefined) of.focusPanel()
    },
    openLink,
    setOpenLink(link) {
      setAtWhy(false)
      setOpenLink(link)
    },
    openLinkAtWhy,
  }
}

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

function createMedia(query: string): () => boolean {
  const media = matchMedia(query)
  const [matches, setMatches] = createSignal(media.matches)
  const update = () => setMatches(media.matches)
  media.addEventListener('change', update)
  onCleanup(() => media.removeEventListener('change', update))
  return matches
}
