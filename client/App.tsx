import { Route, Router, useIsRouting, useLocation } from '@solidjs/router'
import { createEffect, createMemo, type JSX, lazy, onMount, type ParentProps, Show, Suspense } from 'solid-js'
import { applyUpdate, registerServiceWorker, updateReady } from './offline/registration.ts'
import { readRememberedMe } from './remembered-me.ts'
import { RequireSignIn, session, startSession } from './session.tsx'
import { followNavigation } from './ui/focus.ts'
import { showToast, Toasts } from './ui/toasts.tsx'

const Setup = lazy(() => import('./accounts/SetupPage.tsx'))
const SignIn = lazy(() => import('./accounts/SignInPage.tsx'))
const Invitation = lazy(() => import('./accounts/InvitationPage.tsx'))
const PasswordReset = lazy(() => import('./accounts/PasswordResetPage.tsx'))
const Account = lazy(() => import('./accounts/AccountPage.tsx'))
const Home = lazy(() => import('./networks/HomePage.tsx'))
const Network = lazy(() => import('./networks/NetworkPage.tsx'))
const People = lazy(() => import('./networks/PeoplePage.tsx'))
const Team = lazy(() => import('./networks/TeamPage.tsx'))
const Documents = lazy(() => import('./networks/DocumentsPage.tsx'))
const Search = lazy(() => import('./search/SearchPage.tsx'))
const TeamBoard = lazy(() => import('./boards/TeamBoardPage.tsx'))
const Ramp = lazy(() => import('./boards/RampPage.tsx'))
const Document = lazy(() => import('./documents/DocumentPage.tsx'))
const History = lazy(() => import('./history/HistoryPage.tsx'))
const Erase = lazy(() => import('./erasing/ErasePage.tsx'))
const PrintDocument = lazy(() => import('./documents/PrintPage.tsx'))
const NotFound = lazy(() => import('./NotFoundPage.tsx'))
const Showcase = import.meta.env.DEV ? lazy(() => import('./ui/Showcase.tsx')) : undefined

export function App(): JSX.Element {
  onMount(() => {
    void startSession()
    registerServiceWorker()
  })
  offerUpdates()
  sendWhatWaits()
  return (
    <Router root={Frame}>
      <Route path="/setup" component={Setup} />
      <Route path="/sign-in" component={SignIn} />
      <Route path="/invitations/:token" component={Invitation} />
      <Route path="/reset/:token" component={PasswordReset} />
      <Route component={RequireSignIn}>
        <Route path="/" {...page(Home)} />
        <Route path="/account" {...page(Account)} />
        <Route path="/networks/:networkId" {...page(Network)} />
        <Route path="/networks/:networkId/people" {...page(People)} />
        <Route path="/networks/:networkId/teams/:teamId" {...page(Team)} />
        <Route path="/networks/:networkId/teams/:teamId/board" {...page(TeamBoard)} />
        <Route path="/networks/:networkId/documents" {...page(Documents)} />
        <Route path="/networks/:networkId/search" {...page(Search)} />
        <Route path="/documents/:documentId" {...page(Document)} />
        <Route path="/documents/:documentId/history" {...page(History)} />
        <Route path="/documents/:documentId/erase" {...page(Erase)} />
        <Route path="/documents/:documentId/print" {...page(PrintDocument)} />
        <Route path="/documents/:documentId/ramps/:part" {...page(Ramp)} />
      </Route>
      <Show when={Showcase}>{(component) => <Route path="/ui" component={component()} />}</Show>
      <Route path="*" component={NotFound} />
    </Router>
  )
}

/**
 * A page for people who are signed in. Its program is fetched ahead (when a link is pointed at, or while the server is
 * asked who is here) only on a device where someone is: the sign-in page must not wait for it.
 */
const page = (Page: ReturnType<typeof lazy>) => ({
  component: () => <Page />,
  preload: () => {
    if (readRememberedMe()) void Page.preload()
  },
})

function Frame(props: ParentProps): JSX.Element {
  followFocus()
  return (
    <>
      <Suspense>{props.children}</Suspense>
      <Toasts />
    </>
  )
}

/** A new version of the program waits until someone says so: nobody's page changes under their hands. */
function offerUpdates(): void {
  createEffect(() => {
    if (!updateReady()) return
    showToast({
      text: 'A new version of Throughline is ready.',
      stays: true,
      action: { label: 'Reload', run: applyUpdate },
    })
  })
}

/** Files that were chosen while the server did not answer are sent from whatever page is open. */
function sendWhatWaits(): void {
  const accountId = createMemo(() => {
    const now = session()
    return now.kind === 'signed-in' ? now.me.id : undefined
  })
  createEffect(() => {
    const id = accountId()
    if (id !== undefined) void sendFilesOf(id)
  })
}

/** Most devices hold none: those need not fetch what sends them. */
async function sendFilesOf(accountId: string): Promise<void> {
  const { listWaitingFiles } = await import('./sync/waiting-files.ts')
  if ((await listWaitingFiles(accountId)).length === 0) return
  const { sendWaitingFiles } = await import('./attachments/create-sender.ts')
  await sendWaitingFiles(accountId)
}

/** A new page is read from its beginning: the keyboard and the screen reader start at its content. */
function followFocus(): void {
  const location = useLocation()
  const isRouting = useIsRouting()
  let followed = location.pathname
  createEffect(() => {
    const path = location.pathname
    // The address may change while the page is still on its way: it is followed once that one is here.
    if (isRouting() || path === followed) return
    followed = path
    followNavigation()
  })
}
