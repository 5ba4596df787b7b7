import { type JSX, Show } from 'solid-js'
import { isResting, lastChange } from '#shared/kinds/pdsa-cycle/stages.ts'
import { createNow } from '../../clock.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { whenOf } from '../../ui/when.ts'
import { createStep } from './create-step.ts'
import { usePage } from './page.ts'

/** Says that a cycle rests, since when and why, and offers to go on. */
export function RestNotice(): JSX.Element {
  const { open, records, stage, network } = usePage()
  const now = createNow()
  const resume = createStep('resume')
  const change = () => (isResting(stage()) ? lastChange(records()) : undefined)
  return (
    <Show when={change()}>
      {(found) => (
        <Notice
          {...(stage() === 'stalled' ? { tone: 'waits' as const } : {})}
          icon={stage() === 'stalled' ? 'alert' : 'history'}
          title={`${stage() === 'stalled' ? 'Stalled' : 'Paused'} ${whenOf(found().at, now(), network)} by ${found().by.name}.`}
          actions={
            <Show when={open.canEdit()}>
              <Button busy={resume.isBusy()} disabled={resume.isOffline()} onClick={() => void resume.take()}>
                {resume.label}
              </Button>
            </Show>
          }
        >
          {found().reason}
        </Notice>
      )}
    </Show>
  )
}
