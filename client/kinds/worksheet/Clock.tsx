import { createMemo, type JSX, Show } from 'solid-js'
import { counted } from '#shared/counted.ts'
import { type Clock as ClockTime, expectedMonths, readClock } from '#shared/kinds/worksheet/clock.ts'
import type { Section } from '#shared/kinds/worksheet/model.ts'
import { createNow } from '../../clock.ts'
import { dayInWords } from '../../form/day-words.ts'
import { usePage } from './page.ts'

/** How long the agreement takes, on a line of months, with what another one took. */
export function Clock(props: { section: Section }): JSX.Element {
  const { network } = usePage()
  const now = createNow()
  const clock = createMemo(() => readClock(props.section, dayIn(network.timeZone, now())))
  return (
    <Show
      when={clock()}
      fallback={
        <p class="hint">
          The clock starts with the first stage that has a day on which it began. {whatAnotherTook}
        </p>
      }
    >
      {(time) => (
        <figure class="ws-clock">
          <ClockLine months={time().months} />
          <figcaption>
            {sentenceOf(time())} {whatAnotherTook}
          </figcaption>
        </figure>
      )}
    </Show>
  )
}

const whatAnotherTook = `The agreement between the CHECK program and Chicago’s schools took ${expectedMonths.least} to ${expectedMonths.most} months (Healthy Schools Campaign).`

function sentenceOf({ since, until, months, now }: ClockTime): string {
  if (until !== undefined)
    return `Done on ${dayInWords(until)}: it took ${counted(months, 'month')} from ${dayInWords(since)}.`
  const running = `Month ${months + 1}, since ${dayInWords(since)}.`
  if (now === undefined) return `${running} No stage is under way.`
  const stage = now.stage || 'A stage without a name'
  return `${running} Now: ${stage}, ${now.months === 0 ? 'for less than a month' : `for ${counted(now.months, 'month')}`}.`
}

const width = 480
const left = 8
const right = 472

/** The line of the through-line, as a ruler of months: how far one is, and where another agreement was done. */
function ClockLine(props: { months: number }): JSX.Element {
  const most = () => Math.max(expectedMonths.most, props.months + 1)
  const x = (month: number) => left + ((right - left) * month) / most()
  const ticks = () => [0, 6, 12, 18, 24, 36, 48, 60].filter((month) => month <= most())
  return (
    <svg viewBox={`0 0 ${width} 48`} aria-hidden="true">
      <rect
        class="expected"
        x={x(expectedMonths.least)}
        y="4"
        width={x(expectedMonths.most) - x(expectedMonths.least)}
        height="24"
      />
      <path class="ahead" d={`M${left} 16H${right}`} />
      <path class="past" d={`M${left} 16H${x(props.months)}`} />
      {ticks().map((month) => (
        <text x={x(month)} y="44" text-anchor={month === 0 ? 'start' : month === most() ? 'end' : 'middle'}>
          {month === 0 ? 'begun' : month}
        </text>
      ))}
      <circle cx={x(props.months)} cy="16" r="6" />
    </svg>
  )
}

/** A moment's day in a time zone, `2026-01-14`. */
const dayIn = (timeZone: string, at: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone }).format(at)
