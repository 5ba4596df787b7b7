import { For, type JSX, Show } from 'solid-js'
import { isPrediction, isStated, statementNow } from '#shared/kinds/pdsa-cycle/canonical.ts'
import { sealOf } from '#shared/kinds/pdsa-cycle/sealed.ts'
import { choiceNames, richNames, shortNames } from '#shared/kinds/pdsa-cycle/words.ts'
import { createNow } from '../../clock.ts'
import { dayInWords } from '../../form/day-words.ts'
import { whenOfStage } from './gist.ts'
import { usePage } from './page.ts'
import { PrintedFacts, PrintedStage, PrintedTable, PrintedText } from './printed.tsx'
import { SealedPlan } from './SealedPlan.tsx'
import { StatementView } from './StatementView.tsx'

/** The plan on paper: what was sealed, or before that what is asked and predicted now. */
export function PrintedPlan(): JSX.Element {
  const { model, records, network } = usePage()
  const now = createNow()
  const seal = () => sealOf(records())
  return (
    <PrintedStage stage="plan" when={whenOfStage('plan', model(), records(), { now: now(), zone: network })}>
      <PrintedText label={richNames.objective} blocks={model().rich.objective} />
      <Show when={seal()} fallback={<Asked />}>
        {(found) => <SealedPlan seal={found()} />}
      </Show>
      <PrintedText label={richNames.actions} blocks={model().rich.actions} />
      <PrintedTable
        label="Steps"
        columns={['What', 'Who', 'When', 'Where']}
        rows={model().tasks.map(({ what, who, when, where }) => [what, who, when, where])}
      />
      <PrintedTable
        label="Data plan"
        columns={['What is counted', 'Who', 'When', 'Where', 'How']}
        rows={model().data.map(({ measure, who, when, where, how }) => [measure, who, when, where, how])}
      />
      <PrintedText label={richNames.criterion} blocks={model().rich.criterion} />
      <PrintedText label={richNames.stopRule} blocks={model().rich.stopRule} />
      <PrintedText label={richNames.harm} blocks={model().rich.harm} />
      <PrintedText label={richNames.stakeholders} blocks={model().rich.stakeholders} />
      <PlanFacts />
    </PrintedStage>
  )
}

function Asked(): JSX.Element {
  const { model } = usePage()
  const statements = () => model().questions.map(statementNow).filter(isStated)
  return (
    <ol class="asked">
      <For each={statements()}>
        {(statement) => (
          <li class="keep">
            <p class="q serif">{statement.question}</p>
            <Show when={isPrediction(statement)} fallback={<p class="faint">Not predicted yet.</p>}>
              <StatementView statement={statement} />
            </Show>
          </li>
        )}
      </For>
    </ol>
  )
}

function PlanFacts(): JSX.Element {
  const { model } = usePage()
  const facts = () => {
    const { texts, scaleStep, cycleKind, start, plannedEnd } = model()
    const days = [start, plannedEnd].flatMap((day) => (day === undefined ? [] : [dayInWords(day)]))
    return [
      [shortNames.measure, texts.measure],
      [shortNames.balancing, texts.balancing],
      ['Size', texts.scale || (scaleStep && choiceNames.scaleStep[scaleStep])],
      ['Kind', cycleKind && choiceNames.cycleKind[cycleKind]],
      ['Days', days.join(' to ')],
      [shortNames.testPopulation, texts.testPopulation],
    ] as const
  }
  return <PrintedFacts facts={facts()} />
}
