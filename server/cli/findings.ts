import * as v from 'valibot'
import type { Terminal } from './command.ts'

export const findingSchema = v.object({
  documentId: v.optional(v.string()),
  title: v.optional(v.string()),
  problem: v.string(),
})

/** What is not as it should be, one line each. */
export function printFindings(
  findings: readonly v.InferOutput<typeof findingSchema>[],
  { print }: Pick<Terminal, 'print'>,
): void {
  for (const { documentId, title, problem } of findings)
    print(documentId === undefined ? problem : `“${title ?? ''}” (${documentId}): ${problem}`)
}
