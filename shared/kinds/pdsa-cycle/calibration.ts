import type { CycleSummary, SummaryQuestion } from './summary.ts'

/*
 * How forecasts compare with what happened: for one person over time, seen by that person alone, and for what a team
 * sealed. A forecast is either a number in the question's unit or, where the question asks for none, how likely it is in
 * percent that the prediction comes true.
 */

/** What a question asks to be forecast. */
export const forecastKind = ({
  number,
  low,
  high,
  unit,
}: Pick<SummaryQuestion, 'number' | 'low' | 'high' | 'unit'>): 'number' | 'percent' =>
  number === undefined && low === undefined && high === undefined && unit === '' ? 'percent' : 'number'

/** A person's own private answer, as the server lists them. */
export interface Answer {
  readonly documentId: string
  /** The question: its id, or `question/<id>`. */
  readonly part: string
  readonly value: number
  /** Milliseconds since 1970. */
  readonly at: number
}

/** A forecast of a number, with what happened. */
export interface NumberForecast {
  readonly kind: 'number'
  readonly documentId: string
  readonly question: SummaryQuestion
  readonly forecast: number
  readonly result: number
  /** Result minus forecast, in the question's unit: above 0 where it came out higher than expected. */
  readonly error: number
  /** Whether it came as near as the question's range asks; undefined where the question has none. */
  readonly isHit?: boolean
}

/** A forecast of whether something comes true, with whether it did. */
export interface ChanceForecast {
  readonly kind: 'percent'
  readonly documentId: string
  readonly question: SummaryQuestion
  /** How likely it was said to be, from 0 to 100. */
  readonly percent: number
  readonly cameTrue: boolean
}

export type Forecast = NumberForecast | ChanceForecast

/** One's own answers whose results are known, in the order in which they were given. */
export const ownForecasts = (
  answers: readonly Answer[],
  summaries: ReadonlyMap<string, CycleSummary>,
): readonly Forecast[] =>
  [...answers]
    .sort((a, b) => a.at - b.at)
    .flatMap((answer) => {
      const id = answer.part.replace(/^question\//, '')
      const question = summaries.get(answer.documentId)?.questions.find((each) => each.id === id)
      return question === undefined ? [] : forecastOf(answer, question)
    })

/**
 * An answer has no range of its own. It hits where it misses the result by at most half the width of the range that was
 * sealed: as near as the team wanted to know it.
 */
function forecastOf({ documentId, value }: Answer, question: SummaryQuestion): readonly Forecast[] {
  const { resultNumber, low, high } = question
  if (forecastKind(question) === 'percent') return chanceOf(documentId, question, value)
  if (resultNumber === undefined) return []
  const error = resultNumber - value
  const isHit =
    low === undefined || high === undefined ? undefined : Math.abs(error) <= Math.abs(high - low) / 2
  return [numberForecast(documentId, question, value, resultNumber, isHit)]
}

/**
 * What was sealed of cycles and whose results are known: of a question with a number that number, which hits where the
 * result lies in the range; and of each with a confidence whether it came true as surely as was said. What was not
 * predicted before Do does not count.
 */
export const sealedForecasts = (
  cycles: readonly { readonly documentId: string; readonly summary: CycleSummary }[],
): readonly Forecast[] =>
  cycles.flatMap(({ documentId, summary }) =>
    summary.questions
      .filter(({ sealed }) => sealed)
      .flatMap((question) => [
        ...sealedNumber(documentId, question),
        ...(question.confidence === undefined ? [] : chanceOf(documentId, question, question.confidence)),
      ]),
  )

function sealedNumber(documentId: string, question: SummaryQuestion): readonly Forecast[] {
  const { number, low, high, resultNumber } = question
  if (number === undefined || resultNumber === undefined) return []
  const isHit =
    low === undefined && high === undefined
      ? undefined
      : resultNumber >= (low ?? Number.NEGATIVE_INFINITY) &&
        resultNumber <= (high ?? Number.POSITIVE_INFINITY)
  return [numberForecast(documentId, question, number, resultNumber, isHit)]
}

const numberForecast = (
  documentId: string,
  question: SummaryQuestion,
  forecast: number,
  result: number,
  isHit: boolean | undefined,
): NumberForecast => ({
  kind: 'number',
  documentId,
  question,
  forecast,
  result,
  error: result - forecast,
  ...(isHit === undefined ? {} : { isHit }),
})

/** What matched or did better than predicted came true; of what nobody can tell nothing is known. */
function chanceOf(documentId: string, question: SummaryQuestion, percent: number): readonly Forecast[] {
  const { verdict } = question
  if (verdict === undefined || verdict === 'cannot-tell' || percent < 0 || percent > 100) return []
  const cameTrue = verdict === 'matched' || verdict === 'better'
  return [{ kind: 'percent', documentId, question, percent, cameTrue }]
}

export interface Calibration {
  /** Of forecasts whose question has a range. */
  readonly hits: { readonly count: number; readonly of: number }
  /** By unit, as errors in different units do not add up. */
  readonly errors: readonly UnitErrors[]
  /** Shares that came true, by what was stated; only where there are any. */
  readonly buckets: readonly Bucket[]
  /** From 0 (always right, and sure) to 1; 0.25 is what "50 %" every time gives. Absent without any. */
  readonly brier?: number
  /** How many forecasts of whether something comes true there are. */
  readonly chances: number
  /** How much can be said from so few, in a sentence; absent where there are enough. */
  readonly caution?: string
}

export interface UnitErrors {
  readonly unit: string
  readonly count: number
  /** The mean of result minus forecast: above 0 where things come out higher than expected. */
  readonly meanError: number
  /** The mean of its size: how far off a forecast usually is. */
  readonly meanAbsoluteError: number
}

/** Forecasts of like chances: those from `from` up to below `to` percent, the last one including 100. */
export interface Bucket {
  readonly from: number
  readonly to: number
  readonly count: number
  /** What was stated, in the mean, in percent. */
  readonly stated: number
  /** The share that came true, in percent. */
  readonly cameTrue: number
}

/** Below this many forecasts chance says more than skill. */
export const enoughForecasts = 10

/**
 * Forecasts against results.
 *
 * - Errors: mean error Σ(rᵢ − fᵢ)/n and mean absolute error Σ|rᵢ − fᵢ|/n, for each unit (Hyndman & Athanasopoulos,
 *   Forecasting: Principles and Practice, ch. 5).
 * - Shares by stated chance: the reliability diagram (Murphy & Winkler, Applied Statistics 1977), in fifths.
 * - Brier score: Σ(pᵢ − oᵢ)²/n with oᵢ = 1 for what came true and 0 for what did not (Brier, Monthly Weather Review 1950,
 *   for two outcomes).
 */
export function calibrationOf(forecasts: readonly Forecast[]): Calibration {
  const numbers = forecasts.filter((forecast) => forecast.kind === 'number')
  const chances = forecasts.filter((forecast) => forecast.kind === 'percent')
  const ranged = numbers.filter(({ isHit }) => isHit !== undefined)
  const caution = cautionFor(forecasts.length)
  return {
    hits: { count: ranged.filter(({ isHit }) => isHit).length, of: ranged.length },
    errors: errorsOf(numbers),
    buckets: bucketsOf(chances),
    ...(chances.length === 0 ? {} : { brier: brierScore(chances) }),
    chances: chances.length,
    ...(caution === undefined ? {} : { caution }),
  }
}

function cautionFor(count: number): string | undefined {
  if (count === 0) return 'No forecast has a result yet.'
  if (count >= enoughForecasts) return undefined
  const said = count === 1 ? 'Only one forecast has a result' : `Only ${count} forecasts have a result`
  return `${said}: too few to tell skill from luck. From ${enoughForecasts} on it begins to say something.`
}

function errorsOf(forecasts: readonly NumberForecast[]): readonly UnitErrors[] {
  const units = new Map<string, number[]>()
  for (const { question, error } of forecasts) {
    const unit = question.unit.trim()
    const errors = units.get(unit)
    if (errors === undefined) units.set(unit, [error])
    else errors.push(error)
  }
  return [...units].map(([unit, errors]) => ({
    unit,
    count: errors.length,
    meanError: mean(errors),
    meanAbsoluteError: mean(errors.map(Math.abs)),
  }))
}

const bucketWidth = 20

function bucketsOf(forecasts: readonly ChanceForecast[]): readonly Bucket[] {
  const last = 100 / bucketWidth - 1
  const indexOf = ({ percent }: ChanceForecast) => Math.min(last, Math.floor(percent / bucketWidth))
  return Array.from({ length: last + 1 }, (_, index) => index).flatMap((index) => {
    const inside = forecasts.filter((forecast) => indexOf(forecast) === index)
    if (inside.length === 0) return []
    return [
      {
        from: index * bucketWidth,
        to: (index + 1) * bucketWidth,
        count: inside.length,
        stated: mean(inside.map(({ percent }) => percent)),
        cameTrue: mean(inside.map(({ cameTrue }) => (cameTrue ? 100 : 0))),
      },
    ]
  })
}

const brierScore = (forecasts: readonly ChanceForecast[]): number =>
  mean(forecasts.map(({ percent, cameTrue }) => (percent / 100 - (cameTrue ? 1 : 0)) ** 2))

/** Of at least one number. */
const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length
