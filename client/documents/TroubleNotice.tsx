import { useNavigate } from '@solidjs/router'
import { createSignal, For, type JSX, Show } from 'solid-js'
import type { OpenDocument, Trouble, TroubleAction } from '../sync/open-document.ts'
import { Button } from '../ui/Button.tsx'
import type { IconName } from '../ui/Icon.tsx'
import { Notice } from '../ui/Notice.tsx'
import { SignInAgainDialog } from './SignInAgainDialog.tsx'

const actionFaces: Readonly<Record<TroubleAction, { label: string; icon: IconName }>> = {
  'sign-in': { label: 'Sign in again', icon: 'key' },
  retry: { label: 'Try again', icon: 'reload' },
  reload: { label: 'Reload', icon: 'reload' },
  download: { label: 'Download what is here', icon: 'download' },
  forget: { label: 'Remove the copy on this device', icon: 'trash' },
}

/** Why nothing can be saved now, and a button for each thing that can be done about it. */
export function TroubleNotice(props: { trouble: Trouble; open: OpenDocument }): JSX.Element {
  const navigate = useNavigate()
  const [isSigningIn, setSigningIn] = createSignal(false)
  const run = async (action: TroubleAction) => {
    switch (action) {
      case 'sign-in':
        return setSigningIn(true)
      case 'retry':
        return props.open.retry()
      case 'reload':
        return location.reload()
      case 'download':
        return props.open.download()
      case 'forget':
        await props.open.forget()
        return navigate('/')
    }
  }
  return (
    <>
      <Notice
        tone="wrong"
        actions={
          <Show when={props.trouble.actions.length > 0}>
            <For each={props.trouble.actions}>
              {(action, index) => (
                <Button
                  kind={index() === 0 ? 'plain' : 'quiet'}
                  icon={actionFaces[action].icon}
                  onClick={() => void run(action)}
                >
                  {actionFaces[action].label}
                </Button>
              )}
            </For>
          </Show>
        }
      >
        {props.trouble.sentence}
      </Notice>
      <SignInAgainDialog
        open={isSigningIn()}
        onClose={() => setSigningIn(false)}
        onSignedIn={() => {
          setSigningIn(false)
          props.open.retry()
        }}
      />
    </>
  )
}
