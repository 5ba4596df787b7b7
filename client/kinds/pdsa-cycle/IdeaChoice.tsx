import { type JSX, Show } from 'solid-js'
import type { PlacedFact } from '#shared/fact.ts'
import { setIdea } from '#shared/kinds/pdsa-cycle/edits.ts'
import { answer, api } from '../../api.ts'
import { SelectField } from '../../ui/Field.tsx'
import { createLoad } from '../../ui/load.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { usePage } from './page.ts'

/** A cycle that tests no idea, e.g. one that was imported: it can be given one of those that the reader may see. */
export function IdeaChoice(): JSX.Element {
  const { open } = usePage()
  return (
    <Notice tone="waits">
      <div data-at="idea">
        <p>This cycle tests no change idea yet, so what you learn reaches no theory.</p>
        <Show when={open.canEdit()}>
          <Ideas />
        </Show>
      </div>
    </Notice>
  )
}

function Ideas(): JSX.Element {
  const { open, network, detail } = usePage()
  const load = createLoad(
    () => network.id,
    async (id) =>
      (await answer(api.networks[':id'].facts.$get({ param: { id }, query: { name: 'idea' } }))).facts,
  )
  const nameOf = (teamId: string | undefined) =>
    network.teams.find(({ id }) => id === teamId)?.name ?? network.name
  // A team's cycle tests an idea of its own or of the network.
  const near = () =>
    (load.data() ?? []).filter(({ teamId }) => teamId === undefined || teamId === detail().teamId)
  const options = () => [
    { value: '', label: 'Choose one' },
    ...near().map((fact) => ({ value: keyOf(fact), label: String(fact.value), group: nameOf(fact.teamId) })),
  ]
  const choose = (key: string) => {
    const found = near().find((fact) => keyOf(fact) === key)
    if (found?.part !== undefined)
      setIdea(open.edit, open.doc, { documentId: found.documentId, part: found.part })
  }
  return (
    <Show when={near().length > 0}>
      <SelectField label="Which change idea does it test?" options={options()} value="" onChange={choose} />
    </Show>
  )
}

const keyOf = ({ documentId, part }: PlacedFact): string => `${documentId}/${part ?? ''}`
