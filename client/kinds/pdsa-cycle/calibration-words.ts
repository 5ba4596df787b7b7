import { counted } from '#shared/counted.ts'
import { figureOf, withUnit } from '#shared/drawing/figures.ts'
import type { Bucket, Calibration, Forecast, UnitErrors } from '#shared/kinds/pdsa-cycle/calibration.ts'

/** One forecast with what became of it, as a row of the reader's own list. */
export interface ForecastLine {
  readonly said: string
  readonly happened: string
}

export function forecastLine(forecast: Forecast): ForecastLine {
  if (forecast.kind === 'percent')
    return {
      said: `${withUnit(forecast.percent, '%')} sure`,
      happened: forecast.cameTrue ? 'came true' : 'did not come true',
    }
  const { unit } = forecast.question
  return { said: withUnit(forecast.forecast, unit), happened: withUnit(forecast.result, unit) }
}

/** What one's own forecasts say over time, in sentences; how much so few of them can say comes last. */
export function calibrationWords({ hits, errors, buckets, caution }: Calibration): readonly string[] {
  return [
    ...(hits.of === 0
      ? []
      : [`${hits.count} of ${counted(hits.of, 'number')} came as near as the team wanted to know it.`]),
    ...errors.map(errorWords),
    ...buckets.map(bucketWords),
    ...(caution === undefined ? [] : [caution]),
  ]
}

function errorWords({ unit, count: number, meanError, meanAbsoluteError }: UnitErrors): string {
  const off = `You were off by ${withUnit(rounded(meanAbsoluteError), unit)}`
  const tends = rounded(meanError)
  if (number === 1)
    return tends === 0 ? `You were right to the point${unit ? ` in ${unit}` : ''}.` : `${off}.`
  const side = tends === 0 ? '' : tends > 0 ? ', and rather too low' : ', and rather too high'
  return `${off} on average, over ${number} forecasts${side}.`
}

const bucketWords = ({ from, to, count: number, cameTrue }: Bucket): string =>
  `Of what you held ${from} to ${withUnit(to, '%')} likely, ${Math.round((cameTrue / 100) * number)} of ${number} came true.`

const rounded = (value: number): number => Number(figureOf(value).replaceAll(',', '').replace('−', '-'))
