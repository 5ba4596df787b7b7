import { type Accessor, createMemo } from 'solid-js'
import type { Origin } from '#shared/kinds/kind.ts'
import { summaryFact, summaryOf } from '#shared/kinds/pdsa-cycle/summary.ts'
import { answer, api } from '../../api.ts'
import { createNetworkFeed } from '../../feed.ts'
import { createLoad } from '../../ui/load.tsx'
import type { Page } from './page.ts'
import { cyclesOfIdea, type RampCycle } from './ramp-steps.ts'

/** The cycles of this cycle's idea that the reader may see, this one as it is now among them. */
export function createRamp({
  open,
  network,
  detail,
  model,
  records,
}: Pick<Page, 'open' | 'network' | 'detail' | 'model' | 'records'>): Accessor<readonly RampCycle[]> {
  const idea = createMemo<Required<Origin> | undefined>(() => model().idea, undefined, {
    equals: (a, b) => a?.documentId === b?.documentId && a?.part === b?.part,
  })
  const load = createLoad(idea, async (current) => {
    const query = { name: summaryFact, on: current.documentId, part: current.part }
    const { facts } = await answer(api.networks[':id'].facts.$get({ param: { id: network.id }, query }))
    return cyclesOfIdea(facts, current)
  })
  createNetworkFeed(() => network.id, {
    document: (change, documentId) => {
      // What is typed elsewhere shows with the next look; a step taken, a cycle begun or archived shows now.
      if (change !== 'changed' && documentId !== open.id) void load.reload()
    },
  })
  return createMemo(() => {
    const others = (load.data() ?? []).filter(({ documentId }) => documentId !== open.id)
    const { teamId } = detail()
    const own = { documentId: open.id, summary: summaryOf(model(), records()) }
    return [...others, teamId === undefined ? own : { ...own, teamId }]
  })
}
