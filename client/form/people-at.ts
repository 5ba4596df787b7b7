import { createEffect } from 'solid-js'
import { createStore, reconcile } from 'solid-js/store'
import type { OpenDocument } from '../sync/open-document.ts'
import type { PresentPerson } from '../sync/presence.ts'

/** Colleagues by the part they stand in; only the parts concerned are told when someone moves. */
export function createPeopleAt(
  open: Pick<OpenDocument, 'people'>,
): (part: string) => readonly PresentPerson[] {
  const [at, setAt] = createStore<Record<string, readonly PresentPerson[]>>({})
  createEffect(() => {
    const next: Record<string, PresentPerson[]> = {}
    for (const person of open.people()) {
      if (person.self || person.at === undefined) continue
      const here = next[person.at]
      if (here) here.push(person)
      else next[person.at] = [person]
    }
    setAt(reconcile(next, { key: 'accountId' }))
  })
  return (part) => at[part] ?? nobody
}

const nobody: readonly PresentPerson[] = []
