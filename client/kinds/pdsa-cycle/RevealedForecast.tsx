import { type JSX, Show } from 'solid-js'
import { withUnit } from '#shared/drawing/figures.ts'
import type { Ballot } from '#shared/records.ts'
import { shareAnswer } from '../../records.ts'
import { createAsking } from './create-asking.ts'
import { type Asked, forecastUnit, revealedWords } from './forecast-words.ts'
import './forecast.css'
import { usePage } from './page.ts'

/** What the answers were, mine among them, and whose are known. */
export function RevealedForecast(props: { question: Asked; ballot: Ballot | undefined }): JSX.Element {
  return (
    <Show when={props.ballot?.revealed && props.ballot}>
      {(ballot) => (
        <div class="revealed small">
          <p class="label guesses">
            <Ring />
            {revealedWords(ballot(), forecastUnit(props.question))}
          </p>
          <Known question={props.question} ballot={ballot()} />
        </div>
      )}
    </Show>
  )
}

const Ring = (): JSX.Element => (
  <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
    <circle cx="5" cy="5" r="3.5" fill="none" stroke="var(--plan)" stroke-width="1.5" />
  </svg>
)

function Known(props: { question: Asked; ballot: Ballot }): JSX.Element {
  const { open, me, reloadRecords } = usePage()
  const ask = createAsking(reloadRecords)
  const others = () => props.ballot.revealed?.shared.filter(({ by }) => by.id !== me.id) ?? []
  const say = (value: number) => withUnit(value, forecastUnit(props.question))
  return (
    <>
      <Show when={others().length > 0}>
        <p>
          {others()
            .map(({ by, value }) => `${by.name}: ${say(value)}`)
            .join(', ')}
        </p>
      </Show>
      <Show when={props.ballot.own}>
        {(own) => (
          <p>
            You said {say(own().value)}.{' '}
            <button
              type="button"
              class="link-button no-print"
              onClick={() => void ask.run(() => shareAnswer(open.id, props.question.id, !own().isShared))}
            >
              {own().isShared
                ? 'Others see that it is yours. Keep it to yourself'
                : 'Let others know that it is yours'}
            </button>
          </p>
        )}
      </Show>
      <Show when={ask.problem()}>{(problem) => <p class="form-problem">{problem()}</p>}</Show>
    </>
  )
}
