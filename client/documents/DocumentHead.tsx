import { useNavigate } from '@solidjs/router'
import { createSignal, For, type JSX, lazy, Show, Suspense } from 'solid-js'
import { erases } from '#shared/access.ts'
import { asRefusal } from '../api.ts'
import { createNow } from '../clock.ts'
import { kindViews } from '../kinds/index.ts'
import type { ExportAction } from '../kinds/view.ts'
import type { OpenDocument, PresentPerson } from '../sync/open-document.ts'
import { guardText } from '../sync/text-guard.ts'
import { AvatarButton } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import type { Load } from '../ui/load.tsx'
import { Menu, type MenuDivision, type MenuItem } from '../ui/Menu.tsx'
import { SavedIndicator } from '../ui/SavedIndicator.tsx'
import { showToast } from '../ui/toasts.tsx'
import { createDocumentSteps } from './document-steps.tsx'
import { formatsOf, takeOut } from './exports.ts'
import type { Found } from './remembered.ts'
import { renameDocument } from './requests.ts'
import { TitleField } from './TitleField.tsx'

const WhoCanDialog = lazy(async () => ({ default: (await import('./WhoCanDialog.tsx')).WhoCanDialog }))

export interface DocumentHeadProps {
  found: Found
  load: Load<Found>
  open: OpenDocument
  toolsRef: (element: HTMLElement) => void
  exports: readonly ExportAction[]
  following: string | undefined
  onFollow: (accountId: string | undefined) => void
}

/** The document's title, whether it is saved, who is here, and what can be done with it as a whole. */
export function DocumentHead(props: DocumentHeadProps): JSX.Element {
  const now = createNow()
  const navigate = useNavigate()
  const [isAskingWho, askWho] = createSignal(false)
  const detail = () => props.found.detail
  let head: HTMLElement | undefined
  const steps = createDocumentSteps({
    document: detail,
    network: () => props.found.network,
    changed: () => void props.load.reload(),
  })
  const rename = async (typed: string) => {
    const title = await guardText(props.open, typed, head)
    if (title === undefined) return
    try {
      const renamed = await renameDocument(detail().id, title)
      props.load.set((found) => ({ ...found, detail: renamed }))
    } catch (thrown) {
      showToast({ text: asRefusal(thrown).message })
    }
  }
  const more = (): (MenuItem | MenuDivision)[] => [
    { label: 'History', icon: 'history', run: () => navigate(`/documents/${detail().id}/history`) },
    { label: 'Who can see and edit', icon: 'people', run: () => askWho(true) },
    { divider: true },
    ...steps.items(),
    ...(erases(props.found.network)
      ? [
          {
            label: 'Erase for good …',
            icon: 'trash' as const,
            run: () => navigate(`/documents/${detail().id}/erase`),
          },
        ]
      : []),
  ]
  return (
    <section ref={head} class="dochead no-print" aria-label="This document">
      <TitleField title={detail().title} canRename={props.open.canEdit()} onRename={rename} />
      <Show when={props.open.ready() || props.open.trouble()}>
        <SavedIndicator
          state={props.open.saved()}
          now={now()}
          zone={props.found.network}
          isIndirect={props.open.isIndirect()}
        />
      </Show>
      <div class="tools push" ref={props.toolsRef} />
      <PeopleHere people={props.open.people()} following={props.following} onFollow={props.onFollow} />
      <Button class="share-state" icon={detail().shared ? 'people' : 'lock'} onClick={() => askWho(true)}>
        <span class="wide-words">{detail().shared ? 'Shared with the network' : 'Draft'}</span>
      </Button>
      <ExportMenu {...props} />
      <Menu label="More" icon="more" kind="quiet" iconOnly items={more()} />
      <Show when={isAskingWho()}>
        <Suspense>
          <WhoCanDialog
            found={props.found}
            onClose={() => askWho(false)}
            onShare={steps.canShare() ? () => steps.share() : undefined}
          />
        </Suspense>
      </Show>
      <steps.Dialogs />
    </section>
  )
}

/** The others who have this open now; a click keeps in sight what someone works at. */
function PeopleHere(props: {
  people: readonly PresentPerson[]
  following: string | undefined
  onFollow: (accountId: string | undefined) => void
}): JSX.Element {
  const most = 5
  const others = () => props.people.filter(({ self }) => !self)
  const toggle = (accountId: string) => props.onFollow(props.following === accountId ? undefined : accountId)
  const labelOf = (person: PresentPerson) =>
    props.following === person.accountId ? `Stop following ${person.name}` : `Follow ${person.name}`
  return (
    <Show when={others().length > 0}>
      <ul class="avatars" aria-label="Also here now">
        <For each={others().slice(0, most)}>
          {(person) => (
            <li>
              <AvatarButton
                person={person}
                label={labelOf(person)}
                following={props.following === person.accountId}
                onClick={() => toggle(person.accountId)}
              />
            </li>
          )}
        </For>
        <Show when={others().length > most}>
          <li>
            <Menu
              label={`${others().length - most} more people`}
              class="avatar more"
              trigger={<>+{others().length - most}</>}
              items={others()
                .slice(most)
                .map((person) => ({
                  label: person.name,
                  checked: props.following === person.accountId,
                  run: () => toggle(person.accountId),
                }))}
            />
          </li>
        </Show>
      </ul>
    </Show>
  )
}

function ExportMenu(props: DocumentHeadProps): JSX.Element {
  const navigate = useNavigate()
  const bringing = () => props.exports.filter(({ takesOut }) => !takesOut)
  const items = (): (MenuItem | MenuDivision)[] => [
    ...(kindViews[props.found.detail.kind].Print
      ? [
          {
            label: 'Print',
            icon: 'print' as const,
            run: () => navigate(`/documents/${props.found.detail.id}/print`),
          },
        ]
      : []),
    ...formatsOf(props.found.detail.kind).map(({ format, label, icon }) => ({
      label,
      icon,
      run: () => void takeOut(`/api/documents/${props.found.detail.id}/export`, format, props.open.download),
    })),
    ...props.exports.filter(({ takesOut }) => takesOut),
    ...(bringing().length > 0 ? [{ divider: true as const }] : []),
    ...bringing(),
  ]
  return <Menu label="Export and import" icon="export" iconOnly items={items()} />
}
