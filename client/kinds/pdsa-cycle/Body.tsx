import { useLocation } from '@solidjs/router'
import { type Component, createEffect, For, type JSX, Show } from 'solid-js'
import { Dynamic, Portal } from 'solid-js/web'
import { createNow } from '../../clock.ts'
import { FormContext } from '../../form/form.ts'
import type { BodyProps } from '../view.ts'
import { Act } from './Act.tsx'
import { ClosedReport } from './ClosedReport.tsx'
import { type CreatedPage, createPage } from './create-page.ts'
import { createRamp } from './create-ramp.ts'
import './cycle.css'
import { Do } from './Do.tsx'
import { Fidelity } from './Fidelity.tsx'
import { createFollowing } from './following.ts'
import { gistOf, whenOfStage } from './gist.ts'
import { Lede } from './Lede.tsx'
import { Plan } from './Plan.tsx'
import { type Page, PageContext, usePage } from './page.ts'
import { type PageStage, pageStages, partIn } from './parts.ts'
import { RampStrip } from './RampStrip.tsx'
import { RestNotice } from './RestNotice.tsx'
import { rampSteps, wayThrough } from './ramp-steps.ts'
import { StageFold } from './StageFold.tsx'
import { StageList } from './StageList.tsx'
import { StepsMenu } from './StepsMenu.tsx'
import { Study } from './Study.tsx'

/** A PDSA cycle, once its content is here. */
export function Body(props: BodyProps): JSX.Element {
  return <Show when={props.open.ready()}>{<OpenCycle {...props} />}</Show>
}

function OpenCycle(props: BodyProps): JSX.Element {
  const created = createPage(props)
  createFollowing(props.frame, created.page, (stage) => created.setOpen(stage, true))
  goByAddress(created.page)
  return (
    <PageContext.Provider value={created.page}>
      <FormContext.Provider value={created.form}>
        <Show when={props.frame.tools()}>
          {(place) => (
            <Portal mount={place()}>
              <StepsMenu />
            </Portal>
          )}
        </Show>
        <Cycle {...created} />
      </FormContext.Provider>
    </PageContext.Provider>
  )
}

/** An address that ends in a part of the cycle leads to its field: from a board, or from a place that was searched for. */
function goByAddress({ goTo }: Page): void {
  const location = useLocation()
  createEffect(() => {
    const part = partIn(location.hash)
    if (part !== '') goTo(part)
  })
}

function Cycle(props: CreatedPage): JSX.Element {
  const ramp = createRamp(props.page)
  const way = () => wayThrough(ramp(), props.page.open.id)
  const goToStage = (stage: PageStage) => {
    props.setOpen(stage, true)
    const head = document.getElementById(`head-${stage}`)
    head?.scrollIntoView({ block: 'start' })
    head?.querySelector('button')?.focus({ preventScroll: true })
  }
  return (
    <div class="cycle-page" classList={{ 'is-doing': props.here() === 'do' }}>
      <Lede through={props.through()} />
      <RestNotice />
      <Show when={way().length > 1}>
        <RampStrip steps={rampSteps(way())} here={props.page.open.id} network={props.page.network} />
      </Show>
      <div class="cycle-columns">
        <StageList here={props.here()} onGo={goToStage}>
          <Fidelity ramp={ramp()} />
        </StageList>
        <div class="cycle-stages form-page">
          <Show when={props.here() === 'closed'}>
            <ClosedReport />
          </Show>
          <For each={pageStages}>
            {(stage) => (
              <Stage
                stage={stage}
                isOpen={props.isOpen(stage)}
                isHere={props.here() === stage}
                onToggle={(isOpen) => props.setOpen(stage, isOpen)}
              />
            )}
          </For>
        </div>
      </div>
      <div class="visually-hidden" role="status" aria-live="polite">
        {props.said()}
      </div>
    </div>
  )
}

const stageBodies: Readonly<Record<PageStage, Component>> = { plan: Plan, do: Do, study: Study, act: Act }

function Stage(props: {
  stage: PageStage
  isOpen: boolean
  isHere: boolean
  onToggle: (isOpen: boolean) => void
}): JSX.Element {
  const { model, records, network } = usePage()
  const now = createNow()
  return (
    <StageFold
      {...props}
      gist={gistOf(props.stage, model(), records())}
      when={whenOfStage(props.stage, model(), records(), { now: now(), zone: network })}
    >
      <Dynamic component={stageBodies[props.stage]} />
    </StageFold>
  )
}
