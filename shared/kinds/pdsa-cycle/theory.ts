import type { Problem } from '../../records.ts'
import type { Request, Taken } from '../kind.ts'
import { cycleLabel } from './lineage.ts'
import type { Cycle } from './model.ts'
import { linesOf } from './text.ts'

/*
 * What a cycle says of the theory: of the link between its idea and a driver, on the diagram that holds them.
 */

/** What is missing before the theory can be changed as the cycle asks. */
export function theoryProblems({ idea, theory, theoryLink, theoryTo }: Cycle): readonly Problem[] {
  const problem = (message: string) => [{ message, part: 'theory' }]
  if (theory === undefined)
    return problem('Say what happens to the theory: strengthen, weaken, redraw or leave the link.')
  if (theory === 'leave') return []
  if (idea === undefined) return problem('Choose the change idea of this cycle, or leave the link as it is.')
  if (theoryLink === undefined || !isLinkOf(theoryLink, idea.part))
    return problem('Choose the link of this change idea that the cycle says something about.')
  if (theory === 'redraw' && (theoryTo === undefined || theoryLink === `${idea.part}>${theoryTo}`))
    return problem('Choose the driver that the idea leads to instead.')
  return []
}

const isLinkOf = (link: string, idea: string): boolean =>
  link.startsWith(`${idea}>`) && link.length > idea.length + 1

/** What it asks of the diagram; nothing where the link is left as it is. */
export function theoryRequests(cycle: Cycle, { documentId }: Taken): readonly Request[] {
  const { idea, theory, theoryLink, theoryTo, rich } = cycle
  if (idea === undefined || theoryLink === undefined || theory === undefined || theory === 'leave') return []
  return [
    {
      documentId: idea.documentId,
      action: 'revise-link',
      args: {
        link: theoryLink,
        change: theory,
        ...(theory === 'redraw' && theoryTo !== undefined ? { to: theoryTo } : {}),
        cycle: documentId,
        why: linesOf(rich.theoryWhy).trim() || linesOf(rich.learned).trim(),
        label: cycleLabel(cycle),
      },
    },
  ]
}
