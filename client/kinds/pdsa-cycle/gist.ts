import { counted } from '#shared/counted.ts'
import type { Cycle } from '#shared/kinds/pdsa-cycle/model.ts'
import { sealOf } from '#shared/kinds/pdsa-cycle/sealed.ts'
import { isFilled, oneLine } from '#shared/kinds/pdsa-cycle/text.ts'
import { opensNext } from '#shared/kinds/pdsa-cycle/transitions.ts'
import { choiceNames, decisionNames, verdictNames } from '#shared/kinds/pdsa-cycle/words.ts'
import type { Records } from '#shared/records.ts'
import { dayInWords } from '../../form/day-words.ts'
import { dayOf, type Zone } from '../../ui/when.ts'
import type { PageStage } from './parts.ts'

/** A stage in one line, as it stands while it is folded: what is in it, or what it is for. */
export function gistOf(stage: PageStage, cycle: Cycle, records: Records): string {
  switch (stage) {
    case 'plan':
      return planGist(cycle)
    case 'do':
      return doGist(cycle)
    case 'study':
      return studyGist(cycle)
    case 'act':
      return actGist(cycle, records)
  }
}

function planGist({ rich, questions, texts }: Cycle): string {
  const asked = questions.find(({ question }) => isFilled(question))?.question
  const said = oneLine(rich.actions, 140) || oneLine(rich.objective, 140) || asked?.trim() || ''
  return said || texts.scale.trim() || 'What you will try, and what you expect to happen.'
}

function doGist({ carriedOut, observations }: Cycle): string {
  const seen = observations.filter(({ text }) => isFilled(text)).length
  const parts = [
    carriedOut === undefined ? '' : choiceNames.carriedOut[carriedOut],
    seen === 0 ? '' : counted(seen, 'observation'),
  ].filter(Boolean)
  return parts.length === 0 ? 'Carry it out, and write down what you see.' : `${parts.join('. ')}.`
}

function studyGist({ questions, rich }: Cycle): string {
  const learned = oneLine(rich.learned, 140)
  if (learned !== '') return learned
  const verdicts = questions.flatMap(({ verdict }) => (verdict === undefined ? [] : [verdictNames[verdict]]))
  return verdicts.length === 0
    ? 'What you predicted beside what happened.'
    : `Against the prediction: ${verdicts.join(', ').toLowerCase()}.`
}

function actGist(cycle: Cycle, records: Records): string {
  const { decision, rich } = cycle
  if (decision === undefined) return 'Adopt, adapt or abandon.'
  const more = decision === 'abandon' ? oneLine(rich.abandonReason, 110) : oneLine(rich.changes, 110)
  const name = cycle.expand ? `${decisionNames[decision]}, and on a larger scale` : decisionNames[decision]
  return more === ''
    ? `${name}${opensNext(cycle, records) ? ', another cycle follows' : ''}.`
    : `${name}: ${more}`
}

/** When a stage was, as short as it can be said; '' where nobody knows yet. */
export function whenOfStage(
  stage: PageStage,
  cycle: Cycle,
  records: Records,
  at: { readonly now: number; readonly zone: Zone },
): string {
  const stepTo = (to: string) => records.transitions?.findLast((change) => change.to === to)?.at
  const dayAt = (time: number | undefined) => (time === undefined ? '' : dayOf(time, at.now, at.zone))
  switch (stage) {
    case 'plan': {
      const seal = sealOf(records)
      if (seal !== undefined) return `sealed ${dayAt(seal.at)}`
      return cycle.start === undefined ? '' : `from ${dayInWords(cycle.start)}`
    }
    case 'do':
      return daysOf(cycle)
    case 'study':
      return dayAt(stepTo('acted'))
    case 'act':
      return dayAt(stepTo('closed'))
  }
}

function daysOf({ started, ended }: Cycle): string {
  if (started === undefined) return ''
  if (ended === undefined) return `since ${dayInWords(started)}`
  return started === ended ? dayInWords(started) : `${dayInWords(started)} to ${dayInWords(ended)}`
}
