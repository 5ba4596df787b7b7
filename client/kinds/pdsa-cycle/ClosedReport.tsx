import { For, type JSX, Show } from 'solid-js'
import type { Block } from '#shared/content/blocks.ts'
import { isPrediction } from '#shared/kinds/pdsa-cycle/canonical.ts'
import type { Question, ShortField } from '#shared/kinds/pdsa-cycle/model.ts'
import { readSealed, sealOf } from '#shared/kinds/pdsa-cycle/sealed.ts'
import { openedBy } from '#shared/kinds/pdsa-cycle/stages.ts'
import { predictionInWords, resultInWords } from '#shared/kinds/pdsa-cycle/stated.ts'
import { isFilled, isWritten, linesOf, oneLine } from '#shared/kinds/pdsa-cycle/text.ts'
import { richNames, shortNames, verdictNames } from '#shared/kinds/pdsa-cycle/words.ts'
import { createNow } from '../../clock.ts'
import { Blocks } from '../../form/Blocks.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { dayOf } from '../../ui/when.ts'
import { closedWords, surenessWords } from './closed-words.ts'
import { DecisionGlyph } from './DecisionGlyph.tsx'
import './report.css'
import { usePage } from './page.ts'
import { ReportTheory } from './ReportTheory.tsx'

/** A closed cycle as a short report: what was decided, predicted and found, and where it goes on. */
export function ClosedReport(): JSX.Element {
  const { model } = usePage()
  return (
    <article class="report" aria-labelledby="report">
      <Decided />
      <Learned label={richNames.learned} blocks={model().rich.learned} />
      <Compared />
      <Learned label={richNames.surprises} blocks={model().rich.surprises} />
      <ForWhom />
      <Show when={model().decision === 'adopt'}>
        <Held />
      </Show>
      <Show when={model().decision === 'abandon'}>
        <Learned label={richNames.changeOurMind} blocks={model().rich.changeOurMind} />
      </Show>
      <ReportTheory />
      <NextCycle />
    </article>
  )
}

function Decided(): JSX.Element {
  const { model, records, network } = usePage()
  const now = createNow()
  const closed = () => records().transitions?.findLast(({ to }) => to === 'closed')
  return (
    <header>
      <p class="label">
        <Show when={closed()} fallback="Closed">
          {(change) => (
            <>
              Closed {dayOf(change().at, now(), network)} by {change().by.name}
            </>
          )}
        </Show>
      </p>
      <h2 id="report" class="decided">
        <Show when={model().decision}>{(decision) => <DecisionGlyph decision={decision()} />}</Show>
        {closedWords(model())}
      </h2>
      <Show when={surenessWords(model())}>{(words) => <p class="quiet small">{words()}</p>}</Show>
    </header>
  )
}

function Learned(props: { label: string; blocks: readonly Block[] }): JSX.Element {
  return (
    <Show when={isWritten(props.blocks)}>
      <section>
        <h3>{props.label}</h3>
        <div class="prose">
          <Blocks blocks={props.blocks} />
        </div>
      </section>
    </Show>
  )
}

/** Each prediction beside its result. */
function Compared(): JSX.Element {
  const { model, records } = usePage()
  const sealed = () => readSealed(sealOf(records()))
  const predicted = (id: string) => {
    const stated = sealed().get(id)?.sealed
    return stated !== undefined && isPrediction(stated)
      ? predictionInWords(stated)
      : 'Not predicted before Do'
  }
  const asked = () => model().questions.filter(({ question }) => isFilled(question))
  return (
    <Show when={asked().length > 0}>
      <ul class="compared">
        <For each={asked()}>
          {(question) => (
            <li>
              <h3>{question.question}</h3>
              <dl>
                <div>
                  <dt>Predicted</dt>
                  <dd>{predicted(question.id)}</dd>
                </div>
                <div>
                  <dt>What happened</dt>
                  <dd>{happened(question) || 'Nothing written'}</dd>
                </div>
                <div>
                  <dt>Verdict</dt>
                  <dd>{question.verdict === undefined ? 'None' : verdictNames[question.verdict]}</dd>
                </div>
              </dl>
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}

const happened = ({ result, resultNumber, unit }: Question): string =>
  resultInWords(linesOf(result), resultNumber, unit.trim())

const structured: readonly ShortField[] = ['setting', 'population', 'level', 'staffing', 'length']

function ForWhom(): JSX.Element {
  const { model } = usePage()
  return (
    <Show
      when={structured.some((field) => isFilled(model().texts[field])) || isWritten(model().rich.conditions)}
    >
      <section>
        <h3>{richNames.conditions}</h3>
        <ShortFacts fields={structured} />
        <Show when={isWritten(model().rich.conditions)}>
          <div class="prose">
            <Blocks blocks={model().rich.conditions} />
          </div>
        </Show>
      </section>
    </Show>
  )
}

/** What keeps an adopted change alive. */
function Held(): JSX.Element {
  const { model } = usePage()
  return (
    <Show
      when={
        isFilled(model().texts.holdOwner) ||
        isFilled(model().texts.holdMeasure) ||
        isWritten(model().rich.standard)
      }
    >
      <section>
        <h3>What holds it</h3>
        <ShortFacts fields={['holdOwner', 'holdMeasure']} />
        <div class="prose">
          <Blocks blocks={model().rich.standard} />
        </div>
      </section>
    </Show>
  )
}

/** Short texts by their names, as far as they are filled. */
function ShortFacts(props: { fields: readonly ShortField[] }): JSX.Element {
  const { model } = usePage()
  return (
    <dl class="facts">
      <For each={props.fields.filter((field) => isFilled(model().texts[field]))}>
        {(field) => (
          <>
            <dt>{shortNames[field]}</dt>
            <dd>{model().texts[field]}</dd>
          </>
        )}
      </For>
    </dl>
  )
}

function NextCycle(): JSX.Element {
  const { model, records } = usePage()
  return (
    <Show when={openedBy(records())}>
      {(next) => (
        <p class="next-link">
          <Icon name="right" />
          <a href={`/documents/${next()}`}>Go on with cycle {model().number + 1}</a>
          <Show when={oneLine(model().rich.changes, 120)}>
            {(changes) => <span class="quiet">{changes()}</span>}
          </Show>
        </p>
      )}
    </Show>
  )
}
