import type { Problem } from '#shared/records.ts'

/** What is missing before a step, as it is said beside its button. */
export interface Missing {
  readonly sentence: string
  /** Where the first of it can be mended. */
  readonly part?: string
}

/** All that is missing in one sentence; undefined where nothing is. What no reason replaces is named first. */
export function missingWords(problems: readonly Problem[]): Missing | undefined {
  const barriers = problems.filter(({ mayGoOn }) => !mayGoOn)
  const [first] = barriers.length > 0 ? barriers : problems
  if (first === undefined) return undefined
  const others = problems.length - 1
  const sentence = others === 0 ? first.message : `${first.message} And ${others} more.`
  return { sentence, ...(first.part === undefined ? {} : { part: first.part }) }
}
