import { For, type JSX, Show } from 'solid-js'
import { type Level, levelOn } from '#shared/access.ts'
import { kinds } from '#shared/kinds/index.ts'
import type { RoleGrant } from '#shared/network.ts'
import type { Person } from '#shared/people.ts'
import { PersonName } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { placeName } from './places.ts'
import type { Found } from './remembered.ts'

/** What a level lets people do here: both `comment` and `view` let them read. */
const abilities: readonly { readonly words: string; readonly levels: readonly Level[] }[] = [
  { words: 'Edit', levels: ['edit'] },
  { words: 'Read', levels: ['comment', 'view'] },
]

/** Who may do what with this document now, and the step that opens a draft to the network. */
export function WhoCanDialog(props: {
  found: Found
  onClose: () => void
  onShare: (() => void) | undefined
}): JSX.Element {
  const people = () => peopleByLevel(props.found)
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={props.found.detail.shared ? 'Shared with the network' : 'A draft'}
    >
      <p class="small">{sentence(props.found)}</p>
      <dl class="who-can">
        <For each={abilities}>
          {({ words, levels }) => (
            <Show when={levels.some((level) => people()[level].length > 0)}>
              <dt>{words}</dt>
              <dd>
                <ul>
                  <For each={levels.flatMap((level) => people()[level])}>
                    {(person) => (
                      <li>
                        <PersonName person={person} />
                      </li>
                    )}
                  </For>
                </ul>
              </dd>
            </Show>
          )}
        </For>
      </dl>
      <Show when={props.onShare}>
        {(share) => (
          <div class="row">
            <Button
              kind="primary"
              icon="share"
              onClick={() => {
                props.onClose()
                share()()
              }}
            >
              Share with the network
            </Button>
          </div>
        )}
      </Show>
    </Dialog>
  )
}

function sentence({ detail, network }: Found): string {
  if (detail.shared) return `Everyone in ${network.name} can read it. What each may do comes from their role.`
  return detail.teamId === undefined
    ? 'Only coordinators and facilitators see it, until it is shared.'
    : `Only ${placeName(network, detail.teamId)} sees it, until it is shared.`
}

/** The access table, applied to everyone in the network. */
function peopleByLevel({ detail, network }: Found): Readonly<Record<Level, readonly Person[]>> {
  const held = new Map<string, { person: Person; roles: RoleGrant[] }>()
  for (const { person, role, teamId } of network.members) {
    const known = held.get(person.id) ?? { person, roles: [] }
    known.roles.push({ role, ...(teamId !== undefined && { teamId }) })
    held.set(person.id, known)
  }
  const subject = { ...detail, membersEdit: kinds[detail.kind].membersEdit === true }
  const found: Record<Level, Person[]> = { edit: [], comment: [], view: [] }
  for (const { person, roles } of held.values()) {
    const level = levelOn({ roles }, subject)
    if (level) found[level].push(person)
  }
  return found
}
