import { type JSX, Show } from 'solid-js'
import type { BodyProps } from '../view.ts'
import { createPage } from './create-page.ts'
import { createRamp } from './create-ramp.ts'
import './cycle.css'
import { Lede } from './Lede.tsx'
import './print.css'
import { PrintedOutcome } from './PrintedOutcome.tsx'
import { PrintedPlan } from './PrintedPlan.tsx'
import { PageContext } from './page.ts'
import { RampStrip } from './RampStrip.tsx'
import { rampSteps, wayThrough } from './ramp-steps.ts'
import './study.css'

/** A cycle on two pages of paper: what was planned, and what came of it. What is empty is left out. */
export function PrintSheet(props: BodyProps): JSX.Element {
  return <Show when={props.open.ready()}>{<Sheet {...props} />}</Show>
}

function Sheet(props: BodyProps): JSX.Element {
  const { page, through } = createPage(props)
  const ramp = createRamp(page)
  const way = () => wayThrough(ramp(), page.open.id)
  return (
    <PageContext.Provider value={page}>
      <article class="cycle-sheet">
        <p class="display serif" aria-hidden="true">
          {props.detail.title}
        </p>
        <Lede through={through()} />
        <Show when={way().length > 1}>
          <RampStrip steps={rampSteps(way())} here={page.open.id} network={page.network} />
        </Show>
        <PrintedPlan />
        <PrintedOutcome />
      </article>
    </PageContext.Provider>
  )
}
