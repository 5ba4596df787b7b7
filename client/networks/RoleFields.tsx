import { createMemo, type JSX, Show } from 'solid-js'
import { isTeamRole, type Network, type Role, roleNames } from '#shared/network.ts'
import { SelectField } from '../ui/Field.tsx'
import { type GivableRole, givableRoles, roleSentences } from './people.ts'

/** Which role, and for a team's role which team: only what the reader may give. */
export function RoleFields(props: {
  network: Network
  value: GivableRole
  onChange: (value: GivableRole) => void
  error: (field: string) => string | undefined
}): JSX.Element {
  const givable = createMemo(() => givableRoles(props.network))
  const roles = () => [...new Set(givable().map(({ role }) => role))]
  const teams = () => props.network.teams.filter(({ id }) => givable().some(({ teamId }) => teamId === id))
  const withTeam = (role: Role, teamId: string | undefined): GivableRole =>
    isTeamRole(role) && teamId !== undefined ? { role, teamId } : { role }
  return (
    <>
      <SelectField
        label="Role"
        help={roleSentences[props.value.role]}
        value={props.value.role}
        onChange={(role) => props.onChange(withTeam(role as Role, props.value.teamId ?? teams()[0]?.id))}
        options={roles().map((role) => ({
          value: role,
          label: roleNames[role],
          group: isTeamRole(role) ? 'In one team' : 'In the whole network',
        }))}
        error={props.error('role')}
      />
      <Show when={isTeamRole(props.value.role)}>
        <SelectField
          label="Team"
          value={props.value.teamId ?? ''}
          onChange={(teamId) => props.onChange(withTeam(props.value.role, teamId))}
          options={teams().map(({ id, name }) => ({ value: id, label: name }))}
          error={props.error('team')}
        />
      </Show>
    </>
  )
}
