import type { Block } from '../../content/blocks.ts'
import { withUnit } from '../../drawing/figures.ts'
import type { Records, Seal } from '../../records.ts'
import type { Cycle } from './model.ts'
import { joined, labeled, listOf, long, paragraph, rowList, section, short, titled } from './pieces.ts'
import { questionBlocks, resultBlocks } from './question-blocks.ts'
import { sealOf } from './sealed.ts'
import { stageOf } from './stages.ts'
import { isFilled, momentOf } from './text.ts'
import { choiceNames, stageNames } from './words.ts'

/**
 * A cycle in words: what it is, then its four stages as far as they are written, with what was sealed beside what came out.
 * Parts are the names of fields, and `question/<id>` for a question.
 */
export function cycleBlocks(cycle: Cycle, records: Records): Block[] {
  const seal = sealOf(records)
  return [
    ...headBlocks(cycle, records),
    ...section('Plan', planBlocks(cycle, seal)),
    ...section('Do', doBlocks(cycle)),
    ...section('Study', studyBlocks(cycle, seal)),
    ...section('Act', actBlocks(cycle)),
  ]
}

/* The head: what it is, who, where and when. */

function headBlocks(cycle: Cycle, records: Records): readonly Block[] {
  const { number, cycleKind, clonedFrom, texts } = cycle
  const doing = cycleKind === undefined ? '' : `: ${choiceNames.cycleKind[cycleKind].toLowerCase()}`
  const facts = [
    ...short(texts, 'site', 'testers', 'coach'),
    ...labeled('Size', sizeInWords(cycle), 'scale'),
    ...short(texts, 'overallPopulation', 'testPopulation'),
    ...labeled('Planned', spanInWords(cycle.start, cycle.plannedEnd), 'start'),
    ...labeled('Took place', spanInWords(cycle.started, cycle.ended), 'started'),
    ...labeled('Plan cloned from', clonedFrom === undefined ? '' : sourceInWords(clonedFrom)),
  ]
  return [
    paragraph(`Cycle ${number}${doing}. Stage: ${stageNames[stageOf(records)]}.`),
    ...(facts.length === 0 ? [] : [listOf(facts.map((fact) => [fact]))]),
  ]
}

const sizeInWords = ({ scaleStep, texts }: Cycle): string =>
  [scaleStep === undefined ? '' : choiceNames.scaleStep[scaleStep], texts.scale.trim()]
    .filter(isFilled)
    .join(': ')

const sourceInWords = ({ title, team }: NonNullable<Cycle['clonedFrom']>): string =>
  [title, team ?? ''].filter(isFilled).join(', ')

function spanInWords(from: string | undefined, to: string | undefined): string {
  if (from === undefined) return to === undefined ? '' : `until ${to}`
  return to === undefined ? `from ${from}` : `${from} to ${to}`
}

/* Plan. */

function planBlocks(cycle: Cycle, seal: Seal | undefined): readonly Block[] {
  const { rich, texts } = cycle
  return [
    ...long(rich, 'objective'),
    ...titled('Questions and predictions', questionBlocks(cycle, seal)),
    ...long(rich, 'actions'),
    ...titled('Steps', stepBlocks(cycle)),
    ...short(texts, 'measure', 'balancing'),
    ...titled('Data plan', dataBlocks(cycle)),
    ...long(rich, 'criterion', 'stopRule', 'harm', 'stakeholders'),
    ...circumstances(cycle),
  ]
}

const stepBlocks = ({ tasks }: Cycle): readonly Block[] => {
  const written = tasks.filter(({ what, who, when, where }) => [what, who, when, where].some(isFilled))
  return rowList(
    'tasks',
    written.map(({ what, who, when, where, done }) =>
      [joined(what, [who, when, where]), ...(done ? ['(done)'] : [])].join(' '),
    ),
  )
}

const dataBlocks = ({ data }: Cycle): readonly Block[] => {
  const written = data.filter(({ measure, who, when, where, how }) =>
    [measure, who, when, where, how].some(isFilled),
  )
  return rowList(
    'measure',
    written.map(({ measure, who, when, where, how }) => joined(measure, [who, when, where, how])),
  )
}

function circumstances({ belief, failureCost, readiness, consulted, sureBefore }: Cycle): readonly Block[] {
  const said = [
    ...(belief === undefined ? [] : [choiceNames.belief[belief]]),
    ...(failureCost === undefined ? [] : [choiceNames.failureCost[failureCost]]),
    ...(readiness === undefined ? [] : [choiceNames.readiness[readiness]]),
    ...(consulted ? ['Those whom it touches were asked'] : []),
  ]
  return [
    ...labeled('Circumstances', said.length === 0 ? '' : `${said.join('. ')}.`, 'scale'),
    ...labeled('Sure that the change works, before', percentInWords(sureBefore), 'sureBefore'),
  ]
}

const percentInWords = (percent: number | undefined): string =>
  percent === undefined ? '' : withUnit(percent, '%')

/* Do. */

function doBlocks({ carriedOut, rich, observations }: Cycle): readonly Block[] {
  const seen = observations.filter(({ text }) => isFilled(text))
  return [
    ...labeled(
      'Carried out',
      carriedOut === undefined ? '' : choiceNames.carriedOut[carriedOut].toLowerCase(),
      'carriedOut',
    ),
    ...long(rich, 'deviations'),
    ...titled(
      'Observations',
      rowList(
        'observations',
        seen.map(({ text, at, unexpected }) =>
          [
            ...(at === undefined ? [] : [`${momentOf(at)}:`]),
            text.trim(),
            ...(unexpected ? ['(unexpected)'] : []),
          ].join(' '),
        ),
      ),
    ),
    ...long(rich, 'unexpected', 'problems'),
  ]
}

/* Study. */

function studyBlocks(cycle: Cycle, seal: Seal | undefined): readonly Block[] {
  const { rich, texts, points } = cycle
  const values = points.filter(({ value }) => value !== undefined)
  return [
    ...resultBlocks(cycle, seal),
    ...titled(
      'Values',
      rowList(
        'points',
        values.map(({ date, value, note }) => joined(date ?? 'no date', [String(value), note])),
      ),
    ),
    ...long(rich, 'summary', 'comparison', 'learned', 'surprises'),
    ...short(texts, 'setting', 'population', 'level', 'staffing', 'length'),
    ...long(rich, 'conditions'),
  ]
}

/* Act. */

function actBlocks({ decision, expand, rich, texts, theory, sureAfter }: Cycle): readonly Block[] {
  const decided =
    decision === undefined
      ? ''
      : `${choiceNames.decision[decision]}${expand ? ', and try it on a larger scale' : ''}`
  return [
    ...labeled('Decision', decided, 'decision'),
    ...long(rich, 'changes'),
    ...short(texts, 'holdOwner'),
    ...long(rich, 'standard', 'training'),
    ...short(texts, 'holdMeasure'),
    ...long(rich, 'abandonReason', 'changeOurMind'),
    ...labeled('Theory', theory === undefined ? '' : choiceNames.theory[theory], 'theory'),
    ...long(rich, 'theoryWhy'),
    ...labeled('Sure that the change works, after', percentInWords(sureAfter), 'sureAfter'),
  ]
}
