import { type Accessor, createEffect, createMemo, createSignal, type Setter } from 'solid-js'
import { readStageHint, type Stage } from '#shared/kinds/pdsa-cycle/model.ts'
import { isResting, stageBeforeRest, stageOf } from '#shared/kinds/pdsa-cycle/stages.ts'
import { createForm, type Form, focusFirst } from '../../form/form.ts'
import { createRecords } from '../../records.ts'
import type { BodyProps } from '../view.ts'
import { createModel } from './create-model.ts'
import { createThrough, type Through } from './create-through.ts'
import type { Page } from './page.ts'
import { anchorOf, type PageStage, pageStageAt, pageStageOf, pageStages } from './parts.ts'
import { throughItems } from './through-items.ts'

export interface CreatedPage {
  readonly page: Page
  readonly form: Form
  readonly through: Accessor<Through>
  /** Where the cycle stands on the page; one that rests stands where it rests. */
  readonly here: Accessor<PageStage | 'closed'>
  isOpen(stage: PageStage): boolean
  setOpen(stage: PageStage, isOpen: boolean): void
  /** What was said last to those who hear the page. */
  readonly said: Accessor<string>
}

/** Everything that an open cycle decides; `Body` draws it. */
export function createPage(props: BodyProps): CreatedPage {
  const { open, me, network } = props
  const { model, flush } = createModel(open.doc)
  const load = createRecords(
    () => open.id,
    () => network.id,
  )
  const records = () => load.data() ?? {}
  const hasRecords = () => load.data() !== undefined
  const hint = () => {
    // Whatever changes the document may change it too.
    model()
    return readStageHint(open.doc)
  }
  // What the document says of its stage counts only while nobody can say better.
  const stage = createMemo<Stage>(() => (hasRecords() ? stageOf(records()) : (hint() ?? stageOf({}))))
  const here = createMemo(() => {
    const current = stage()
    const standing = isResting(current) ? stageBeforeRest(records()) : current
    return pageStageOf(standing) ?? pageStages[0]
  })
  const [said, say] = createSignal('', { equals: false })
  const folds = createFolds(here)
  const page: Page = {
    open,
    me,
    network,
    detail: () => props.detail,
    model,
    flush,
    records,
    hasRecords,
    stage,
    reloadRecords: load.reload,
    goTo(part) {
      folds.setOpen(pageStageAt(part), true)
      goToField(anchorOf(part))
    },
    say,
  }
  const through = createThrough({ id: open.id, networkId: network.id }, () => model().idea)
  createEffect(() => props.frame.setThroughLine(throughItems(model(), through(), props.detail.title)))

  return { page, form: createForm({ open, me, network }), through, here, ...folds, said }
}

/** The stage that is due is open, the others are one line each, unless the reader wants it otherwise. */
function createFolds(here: Accessor<PageStage | 'closed'>) {
  const wanted = new Map<PageStage, [Accessor<boolean | undefined>, Setter<boolean | undefined>]>(
    pageStages.map((stage) => [stage, createSignal<boolean>()]),
  )
  createEffect(() => {
    here()
    // What was opened to look back is folded again when the cycle goes on.
    for (const [, [, set]] of wanted) set(undefined)
  })
  return {
    isOpen: (stage: PageStage) => wanted.get(stage)?.[0]() ?? here() === stage,
    setOpen: (stage: PageStage, isOpen: boolean) => void wanted.get(stage)?.[1](isOpen),
  }
}

/** Puts the keyboard into the field of a part, or into the first of those in it. */
function goToField(anchor: string): void {
  const place = document.querySelector<HTMLElement>(`[data-at="${CSS.escape(anchor)}"]`)
  if (place === null) return
  place.scrollIntoView({ block: 'center' })
  focusFirst(place)
}
