import type {
  ChoiceName,
  ChoiceOf,
  Decision,
  RichField,
  ScaleStep,
  ShortField,
  Stage,
  Verdict,
} from './model.ts'

/*
 * How the pieces of a cycle are called, on screens and in exports.
 */

export const stageNames: Readonly<Record<Stage, string>> = {
  draft: 'Draft',
  ready: 'Ready',
  doing: 'Do',
  studying: 'Study',
  acted: 'Act',
  closed: 'Closed',
  paused: 'Paused',
  stalled: 'Stalled',
}

export const decisionNames: Readonly<Record<Decision, string>> = {
  adopt: 'Adopt',
  adapt: 'Adapt',
  abandon: 'Abandon',
}

export const verdictNames: Readonly<Record<Verdict, string>> = {
  matched: 'Matched',
  better: 'Better',
  worse: 'Worse',
  'cannot-tell': 'Cannot tell',
}

/** The ladder of schools: how many take part at each step. */
export const scaleNames: Readonly<Record<ScaleStep, string>> = {
  one: '1 student or 1 adult',
  three: '3 students or 1 class',
  five: '5 classes or 1 grade',
  all: 'The whole school',
  others: 'Other schools',
  network: 'The network',
}

/** What is chosen from a few, by the group that it is chosen from. */
export const choiceNames: { readonly [Name in ChoiceName]: Readonly<Record<ChoiceOf<Name>, string>> } = {
  cycleKind: {
    collect: 'Collect information',
    develop: 'Develop a change',
    test: 'Test a change',
    implement: 'Implement a change',
  },
  scaleStep: scaleNames,
  belief: { low: 'Not sure that it works', high: 'Quite sure that it works' },
  failureCost: { costly: 'Failure would be costly', cheap: 'Failure would cost little' },
  readiness: { none: 'Nobody is ready', some: 'Some are ready', strong: 'Most are ready and willing' },
  carriedOut: { yes: 'As planned', partly: 'Partly as planned', no: 'Not as planned' },
  decision: decisionNames,
  theory: {
    strengthen: 'Strengthen the link',
    weaken: 'Weaken the link',
    redraw: 'Redraw the link',
    leave: 'Leave the link as it is',
  },
}

/** Short texts, as a label says them. */
export const shortNames: Readonly<Record<ShortField, string>> = {
  scale: 'How large',
  site: 'Where',
  testers: 'Who tests',
  coach: 'Coach',
  overallPopulation: 'Everyone whom the change is for',
  testPopulation: 'Those in this test',
  measure: 'What we will count',
  balancing: 'What must not get worse',
  setting: 'Setting',
  population: 'Population',
  level: 'Level',
  staffing: 'Staffing',
  length: 'Length',
  holdOwner: 'Who keeps it going',
  holdMeasure: 'The measure to watch',
}

/** Long texts, as a label says them. */
export const richNames: Readonly<Record<RichField, string>> = {
  objective: 'Objective',
  actions: 'What exactly will be done',
  criterion: 'It works if',
  stopRule: 'We stop if',
  harm: 'Possible harm',
  stakeholders: 'Who was asked',
  deviations: 'What was done differently',
  unexpected: 'Unexpected events',
  problems: 'Problems',
  summary: 'What the data say',
  comparison: 'Compared with before',
  learned: 'What we learned',
  surprises: 'What surprised us',
  conditions: 'For whom, under which conditions',
  changes: 'For the next cycle',
  standard: 'The procedure that holds it',
  training: 'Who learns it, and how',
  abandonReason: 'Why we let it go',
  changeOurMind: 'What would change our mind',
  theoryWhy: 'Why the theory changes',
}
