import { createSignal, type JSX, Show } from 'solid-js'
import type { Version } from '#shared/document.ts'
import { getMe } from '../session.tsx'
import { Button } from '../ui/Button.tsx'
import { createLoad } from '../ui/load.tsx'
import { Notice } from '../ui/Notice.tsx'
import { listVersions, restoreMoment } from './versions.ts'

/** Says that most of the document was removed while one looks at it, and brings it back with one press (S5). */
export function RemovalNotice(props: {
  documentId: string
  canEdit: boolean
  onDone: () => void
}): JSX.Element {
  const load = createLoad(() => props.documentId, findRemoval)
  const [isBusy, setBusy] = createSignal(false)
  const bringBack = async ({ seq }: Version) => {
    setBusy(true)
    if (await restoreMoment(props.documentId, seq, 'It is back.')) props.onDone()
    setBusy(false)
  }
  return (
    <Show when={load.data()}>
      {(version) => (
        <Notice
          tone="waits"
          icon="trash"
          actions={
            <>
              <Show when={props.canEdit}>
                <Button icon="undo" busy={isBusy()} onClick={() => void bringBack(version())}>
                  Bring it back
                </Button>
              </Show>
              <Button kind="quiet" onClick={() => props.onDone()}>
                Leave it so
              </Button>
            </>
          }
        >
          {whoOf(version())} removed most of this document.
        </Notice>
      )}
    </Show>
  )
}

/** The version that was kept before the newest large deletion. */
const findRemoval = async (documentId: string): Promise<Version | undefined> =>
  (await listVersions(documentId))
    .filter(({ cause }) => cause === 'deletion')
    .reduce<Version | undefined>(
      (newest, each) => (newest && newest.seq > each.seq ? newest : each),
      undefined,
    )

const whoOf = ({ by }: Version): string => {
  if (by === undefined) return 'Somebody'
  return by.id === getMe().id ? 'You' : by.name
}
