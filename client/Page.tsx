import { useLocation, useNavigate } from '@solidjs/router'
import { createEffect, createSignal, type JSX, onMount, Show } from 'solid-js'
import type { Network } from '#shared/network.ts'
import { DemoRibbon } from './DemoRibbon.tsx'
import { createIdentifierGuard } from './identifiers/create-identifier-guard.ts'
import { IdentifierWarning } from './identifiers/IdentifierWarning.tsx'
import { SignOutDialog } from './SignOutDialog.tsx'
import { SearchButton } from './search/SearchButton.tsx'
import { session } from './session.tsx'
import { Avatar } from './ui/Avatar.tsx'
import { Bar, type Crumb, type Place } from './ui/Bar.tsx'
import { takeLostFocus } from './ui/focus.ts'
import { Menu, type MenuDivision, type MenuItem } from './ui/Menu.tsx'
import { SkipLink } from './ui/SkipLink.tsx'
import { chooseTheme, type ThemeChoice, themeChoice } from './ui/theme.ts'

export interface PageProps {
  /** The first words of the tab's title. */
  title: string
  /** The network that this page belongs to; its places stand in the bar. */
  network?: Pick<Network, 'id' | 'name' | 'identifierGuard'> | undefined
  /** Where one is inside the network. */
  crumbs?: readonly Crumb[]
  /** Between the bar and the content, such as the through-line; without it the bar has a hairline. */
  above?: JSX.Element
  /** `narrow` for forms, `whole` for content that fills the window by itself. */
  width?: 'narrow' | 'whole'
  children: JSX.Element
}

/** The frame of every page for people who are signed in: skip link, notices, bar, content. */
export function Page(props: PageProps): JSX.Element {
  createEffect(() => {
    document.title = `${props.title} · Throughline`
  })
  onMount(takeLostFocus)
  return (
    <>
      <SkipLink />
      <DemoRibbon />
      <PageBar network={props.network} crumbs={props.crumbs} lined={props.above === undefined} />
      {props.above}
      <main
        class={props.width === 'whole' ? 'whole' : 'page'}
        classList={{ narrow: props.width === 'narrow' }}
        id="main"
        tabIndex={-1}
      >
        {props.children}
      </main>
      <Show when={props.network?.id} keyed>
        {(id) => <LooksForIdentifiers id={id} network={props.network} />}
      </Show>
    </>
  )
}

/** What is written on a page of a network (titles, names, reasons) is looked at as what is written in its documents. */
function LooksForIdentifiers(props: { id: string; network: PageProps['network'] }): JSX.Element {
  const warnings = createIdentifierGuard({
    settings: () => props.network?.identifierGuard,
    scope: props.id,
  })
  return <IdentifierWarning warnings={warnings} />
}

/** The bar with the network's places and the account's menu. */
export function PageBar(props: {
  network: PageProps['network']
  crumbs: PageProps['crumbs']
  lined: boolean
}): JSX.Element {
  const location = useLocation()
  const crumbs = (): readonly Crumb[] => {
    const { network } = props
    const inside = props.crumbs ?? []
    return network ? [{ label: network.name, href: `/networks/${network.id}` }, ...inside] : inside
  }
  return (
    <Bar crumbs={crumbs()} places={placesOf(props.network?.id, location.pathname)} lined={props.lined}>
      <Show when={props.network}>{(network) => <SearchButton network={network()} />}</Show>
      <AccountMenu network={props.network} />
    </Bar>
  )
}

/** Only places that exist. */
function placesOf(networkId: string | undefined, path: string): readonly Place[] {
  if (networkId === undefined) return []
  const at = (rest: string) => `/networks/${networkId}${rest}`
  const team = teamNear(networkId, path)
  const board = team === undefined ? undefined : at(`/teams/${team}/board`)
  return [
    {
      label: 'Network',
      href: at(''),
      current: path === at('') || (path.startsWith(at('/teams/')) && path !== board),
    },
    ...(board === undefined ? [] : [{ label: 'Board', href: board, current: path === board }]),
    {
      label: 'Documents',
      href: at('/documents'),
      current: path === at('/documents') || path.startsWith('/documents/'),
    },
    { label: 'People', href: at('/people'), current: path === at('/people') },
  ]
}

/** The team whose page one is at, or else one's own: its board is a place to go to. */
function teamNear(networkId: string, path: string): string | undefined {
  const here = /^\/networks\/[^/]+\/teams\/([^/]+)/.exec(path)?.[1]
  if (here !== undefined) return here
  const now = session()
  const networks = now.kind === 'signed-in' ? now.networks : []
  const roles = networks.find(({ id }) => id === networkId)?.roles ?? []
  return roles.find(({ teamId }) => teamId !== undefined)?.teamId
}

const themeItems: readonly (readonly [ThemeChoice, string, 'system' | 'light' | 'dark'])[] = [
  ['system', 'As the device', 'system'],
  ['light', 'Light', 'light'],
  ['dark', 'Dark', 'dark'],
]

function AccountMenu(props: { network: PageProps['network'] }): JSX.Element {
  const navigate = useNavigate()
  const [isLeaving, setLeaving] = createSignal(false)
  const me = () => {
    const now = session()
    return now.kind === 'signed-in' ? now : undefined
  }
  // On a phone the bar has no room for the network's places; they stand here too.
  const items = (): (MenuItem | MenuDivision)[] => [
    { heading: me()?.me.name ?? '' },
    { label: 'My account', icon: 'person', run: () => navigate('/account') },
    ...((me()?.networks.length ?? 0) > 1
      ? [{ label: 'My networks', icon: 'people' as const, run: () => navigate('/?all') }]
      : []),
    { divider: true },
    { heading: 'Theme' },
    ...themeItems.map(([choice, label, icon]) => ({
      label,
      icon,
      checked: themeChoice() === choice,
      run: () => chooseTheme(choice),
    })),
    { divider: true },
    { label: 'Sign out', icon: 'sign-out', run: () => setLeaving(true) },
  ]
  const places = (): (MenuItem | MenuDivision)[] =>
    placesOf(props.network?.id, '').map(({ label, href }) => ({ label, run: () => navigate(href) }))
  return (
    <Show when={me()}>
      {(now) => (
        <>
          <Show when={props.network}>
            <span class="phone-only">
              <Menu label="Places in this network" icon="menu" kind="quiet" iconOnly items={places()} />
            </span>
          </Show>
          <Menu
            label={`Account of ${now().me.name}`}
            class="account-button"
            trigger={<Avatar person={now().me} decorative />}
            items={items()}
          />
          <SignOutDialog open={isLeaving()} onClose={() => setLeaving(false)} />
        </>
      )}
    </Show>
  )
}
