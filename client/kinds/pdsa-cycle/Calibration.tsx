import { createSignal, For, type JSX, Show } from 'solid-js'
import { calibrationOf, type Forecast, ownForecasts } from '#shared/kinds/pdsa-cycle/calibration.ts'
import { type CycleSummary, readSummary, summaryFact } from '#shared/kinds/pdsa-cycle/summary.ts'
import { answer, api } from '../../api.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { createLoad, Loaded } from '../../ui/load.tsx'
import { calibrationWords, forecastLine } from './calibration-words.ts'
import './forecast.css'
import { usePage } from './page.ts'

/** How the reader's own private forecasts turned out over time. Nobody else can ask for it. */
export function Calibration(): JSX.Element {
  const { records } = usePage()
  const [isOpen, setOpen] = createSignal(false)
  const hasAnswered = () => records().ballots?.some(({ own, revealed }) => own && revealed) === true
  return (
    <Show when={hasAnswered()}>
      <section class="part calibration no-print" aria-labelledby="calibration">
        <h3 id="calibration">
          My forecasts over time{' '}
          <span class="label">
            <Icon name="lock" />
            Only you see this
          </span>
        </h3>
        <Show
          when={isOpen()}
          fallback={<Button onClick={() => setOpen(true)}>See how my forecasts turned out</Button>}
        >
          <Own />
        </Show>
      </section>
    </Show>
  )
}

function Own(): JSX.Element {
  const { network } = usePage()
  const load = createLoad(() => network.id, findOwnForecasts)
  return (
    <Loaded load={load} lines={3}>
      {(forecasts) => (
        <>
          <ul class="calibration-words">
            <For each={calibrationWords(calibrationOf(forecasts()))}>{(sentence) => <li>{sentence}</li>}</For>
          </ul>
          <Show when={forecasts().length > 0}>
            <ForecastTable forecasts={forecasts()} />
          </Show>
        </>
      )}
    </Loaded>
  )
}

function ForecastTable(props: { forecasts: readonly Forecast[] }): JSX.Element {
  return (
    <div class="scroll-x">
      <table>
        <thead>
          <tr>
            <th scope="col">Question</th>
            <th scope="col">I said</th>
            <th scope="col">What happened</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.forecasts}>
            {(forecast) => (
              <tr>
                <td>
                  <a href={`/documents/${forecast.documentId}`}>
                    {forecast.question.question || 'A question'}
                  </a>
                </td>
                <td class="nowrap">{forecastLine(forecast).said}</td>
                <td class="nowrap">{forecastLine(forecast).happened}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  )
}

async function findOwnForecasts(id: string): Promise<readonly Forecast[]> {
  const [{ answers }, { facts }] = await Promise.all([
    answer(api.networks[':id'].answers.$get({ param: { id } })),
    answer(api.networks[':id'].facts.$get({ param: { id }, query: { name: summaryFact } })),
  ])
  const summaries = new Map<string, CycleSummary>()
  for (const { documentId, value } of facts) {
    const summary = readSummary(value)
    if (summary !== undefined) summaries.set(documentId, summary)
  }
  return ownForecasts(answers, summaries)
}
