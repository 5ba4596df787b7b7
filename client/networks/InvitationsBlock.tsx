import { For, type JSX, Show } from 'solid-js'
import type { Invitation, Network } from '#shared/network.ts'
import { answer, api, asRefusal } from '../api.ts'
import { createNow } from '../clock.ts'
import { Button } from '../ui/Button.tsx'
import { type Load, Loaded } from '../ui/load.tsx'
import { showToast } from '../ui/toasts.tsx'
import { untilOf } from '../ui/when.ts'
import { roleInWords } from './people.ts'

/** The invitations that can still be redeemed, and a way to take each back. */
export function InvitationsBlock(props: {
  network: Network
  load: Load<readonly Invitation[]>
}): JSX.Element {
  const now = createNow()
  const revoke = async (invitation: Invitation) => {
    try {
      const param = { id: props.network.id, invitationId: invitation.id }
      await answer(api.networks[':id'].invitations[':invitationId'].$delete({ param }))
      props.load.set((all) => all.filter(({ id }) => id !== invitation.id))
      showToast({ text: 'The invitation is withdrawn. Its link no longer works.' })
    } catch (thrown) {
      showToast({ text: asRefusal(thrown).message })
      await props.load.reload()
    }
  }
  return (
    <section class="block invitations" aria-labelledby="invitations">
      <h2 id="invitations">Invitations</h2>
      <Loaded load={props.load} lines={2}>
        {(invitations) => (
          <Show
            when={invitations().length > 0}
            fallback={<p class="quiet small">No invitation is open now.</p>}
          >
            <ul class="rows">
              <For each={invitations()}>
                {(invitation) => (
                  <li class="row-wide">
                    <div>
                      <p>{invitation.email ?? 'Whoever has the link'}</p>
                      <p class="label">
                        {roleInWords(props.network, invitation)}; by {invitation.createdBy.name}; ends{' '}
                        {untilOf(invitation.expiresAt, now(), props.network)}
                      </p>
                    </div>
                    <Button class="push" kind="quiet" onClick={() => void revoke(invitation)}>
                      Withdraw
                      <span class="visually-hidden">
                        {' '}
                        the invitation of {invitation.email ?? 'whoever has the link'}
                      </span>
                    </Button>
                  </li>
                )}
              </For>
            </ul>
          </Show>
        )}
      </Loaded>
    </section>
  )
}
