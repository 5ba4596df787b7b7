import { useNavigate } from '@solidjs/router'
import { type JSX, Show } from 'solid-js'
import type { Network, Team } from '#shared/network.ts'
import { answer, api } from '../api.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextField } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { createSubmit, textOf } from '../ui/submit.ts'

export interface TeamDialogProps {
  network: Network
  open: boolean
  onClose: () => void
  changed: () => void
  /** Absent: a new one. */
  team?: Team
}

/** Starts a team, or changes what one is called. */
export function TeamDialog(props: TeamDialogProps): JSX.Element {
  return (
    <Dialog open={props.open} onClose={props.onClose} title={props.team ? 'Change the team' : 'Start a team'}>
      <TeamForm {...props} />
    </Dialog>
  )
}

function TeamForm(props: TeamDialogProps): JSX.Element {
  const navigate = useNavigate()
  const submit = createSubmit(['name', 'district', 'state'], async (values) => {
    const json = {
      name: textOf(values, 'name'),
      ...optional('district', textOf(values, 'district')),
      ...optional('state', textOf(values, 'state')),
    }
    const teamId = await write(props.network.id, props.team?.id, json)
    props.changed()
    props.onClose()
    if (!props.team) navigate(`/networks/${props.network.id}/teams/${teamId}`)
  })
  return (
    <form class="form" novalidate onSubmit={submit.onSubmit}>
      <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
      <Show when={!props.team}>
        <p class="small">A team is the people who test changes in one place: a school, a clinic, a court.</p>
      </Show>
      <TextField
        label="Name"
        name="name"
        autocomplete="off"
        value={props.team?.name ?? ''}
        error={submit.error('name')}
      />
      <div class="form-row">
        <TextField
          label="District"
          name="district"
          help="If it helps to tell teams apart."
          autocomplete="off"
          value={props.team?.district ?? ''}
          error={submit.error('district')}
        />
        <TextField
          label="State"
          name="state"
          help="Or region."
          autocomplete="off"
          value={props.team?.state ?? ''}
          error={submit.error('state')}
        />
      </div>
      <div class="actions">
        <Button type="submit" kind="primary" busy={submit.isBusy()}>
          {props.team ? 'Save' : 'Start the team'}
        </Button>
      </div>
    </form>
  )
}

async function write(
  id: string,
  teamId: string | undefined,
  json: { name: string; district?: string; state?: string },
): Promise<string> {
  if (teamId === undefined) return (await answer(api.networks[':id'].teams.$post({ param: { id }, json }))).id
  await answer(api.networks[':id'].teams[':teamId'].$put({ param: { id, teamId }, json }))
  return teamId
}

const optional = <Name extends string>(name: Name, text: string): { [key in Name]?: string } =>
  (text.trim() === '' ? {} : { [name]: text.trim() }) as { [key in Name]?: string }
