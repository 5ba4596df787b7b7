import { useNavigate } from '@solidjs/router'
import { createMemo, createSignal, type JSX, Match, onMount, Show, Switch } from 'solid-js'
import type { TemplateSummary } from '#shared/document.ts'
import { kinds } from '#shared/kinds/index.ts'
import type { Network } from '#shared/network.ts'
import { createDocuments } from '../network.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextField } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Loaded } from '../ui/load.tsx'
import { Notice } from '../ui/Notice.tsx'
import { createSubmit, textOf } from '../ui/submit.ts'
import { type ChosenOrigin, createStarting } from './create-start.ts'
import './documents.css'
import { IdeaPicker } from './IdeaPicker.tsx'
import { findOrigin } from './origins.ts'
import { PlaceField } from './PlaceField.tsx'
import { type DocumentPlace, placesToCreate } from './places.ts'
import { findDocument } from './requests.ts'
import type { StartOn } from './start-on.ts'
import { TemplateChoice } from './TemplateChoice.tsx'
import { createTemplates, templateKey } from './templates.ts'
import { kindInWords, suggestTitle } from './titles.ts'

export interface NewDocumentDialogProps {
  network: Network
  open: boolean
  onClose: () => void
  /** Chosen beforehand; the reader may still choose otherwise. */
  teamId?: string | undefined
  template?: string | undefined
  /** Of which kind it is, and what it stands on: chosen where this was asked for. `label` says what that is. */
  start?: (StartOn & { readonly label?: string }) | undefined
}

/** Starts a document, one question at a time: from what, on what (where its kind stands on something), called what. */
export function NewDocumentDialog(props: NewDocumentDialogProps): JSX.Element {
  const templates = createTemplates(() => (props.open ? props.network.id : undefined))
  const title = () => (props.start ? `Start a ${kindInWords(props.start.kind)}` : 'Start a document')
  return (
    <Dialog open={props.open} onClose={props.onClose} title={title()} wide>
      <Loaded load={templates}>{(list) => <Steps {...props} templates={list()} />}</Loaded>
    </Dialog>
  )
}

/** What is chosen so far. What is still open decides which question is asked. */
function Steps(props: NewDocumentDialogProps & { templates: readonly TemplateSummary[] }): JSX.Element {
  const offered = createMemo(() =>
    props.templates.filter(({ kind }) => props.start === undefined || kind === props.start.kind),
  )
  const places = createMemo(() => placesToCreate(props.network))
  const [template, setTemplate] = createSignal(chosenBeforehand(offered(), props.template))
  const [origin, setOrigin] = createSignal(originBeforehand(props.start))
  const [place, setPlace] = createSignal(startPlace(places(), props.teamId))
  onMount(() => void nameOrigin(props.start).then((named) => named && setOrigin(named)))
  const documents = createDocuments(() => props.network.id)
  const needsOrigin = () => {
    const chosen = template()
    return chosen !== undefined && kinds[chosen.kind].needsOrigin === true && origin() === undefined
  }
  const placeField = () => (
    <Show when={places().length > 1}>
      <PlaceField places={places()} place={place()} onChange={setPlace} />
    </Show>
  )
  return (
    <Switch>
      <Match when={template() === undefined}>
        <TemplateChoice templates={offered()} onChoose={setTemplate} />
      </Match>
      <Match when={needsOrigin() && template()}>
        {(chosen) => (
          <>
            <Chosen template={chosen()} onChange={offered().length > 1 ? () => setTemplate() : undefined} />
            {placeField()}
            <Loaded load={documents}>
              {(list) => (
                <IdeaPicker
                  kind={chosen().kind}
                  network={props.network}
                  place={place()}
                  documents={list()}
                  onChoose={setOrigin}
                />
              )}
            </Loaded>
          </>
        )}
      </Match>
      <Match when={template()}>
        {(chosen) => (
          <Last
            {...props}
            template={chosen()}
            origin={origin()}
            place={place()}
            placeField={placeField()}
            onOtherTemplate={offered().length > 1 ? () => setTemplate() : undefined}
            onOtherOrigin={props.start?.on ? undefined : () => setOrigin()}
          />
        )}
      </Match>
    </Switch>
  )
}

interface LastProps extends Omit<NewDocumentDialogProps, 'template'> {
  template: TemplateSummary
  origin: ChosenOrigin | undefined
  place: DocumentPlace | undefined
  placeField: JSX.Element
  onOtherTemplate: (() => void) | undefined
  onOtherOrigin: (() => void) | undefined
}

/** What it is called, and where it stands; then it begins. */
function Last(props: LastProps): JSX.Element {
  const navigate = useNavigate()
  const start = createStarting()
  let title!: HTMLInputElement
  const submit = createSubmit(['title', 'template', 'team', 'on'], async (values) => {
    const id = await start({
      networkId: props.network.id,
      place: props.place ?? { name: props.network.name },
      template: props.template,
      title: textOf(values, 'title'),
      origin: props.origin,
    })
    props.onClose()
    navigate(`/documents/${id}`)
  })
  onMount(() => {
    title.focus()
    title.select()
  })
  return (
    <form class="form" novalidate onSubmit={submit.onSubmit}>
      <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
      <Show when={submit.error('on') ?? submit.error('template')}>
        {(problem) => <Notice tone="wrong">{problem()}</Notice>}
      </Show>
      <div class="chosen-so-far">
        <Chosen template={props.template} onChange={props.onOtherTemplate} />
        <Show when={props.origin}>
          {(origin) => <ChosenIdea origin={origin()} onChange={props.onOtherOrigin} />}
        </Show>
      </div>
      <TextField
        ref={title}
        label="Title"
        help="What it is about, in a few words."
        name="title"
        autocomplete="off"
        maxLength={200}
        value={suggestTitle(props.template, props.place?.name ?? props.network.name, props.origin)}
        error={submit.error('title')}
      />
      {props.placeField}
      <Show when={submit.error('team')}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
      <p class="label">{draftSentence(props.place, props.network)}</p>
      <div class="actions">
        <Button type="submit" kind="primary" busy={submit.isBusy()}>
          Start
        </Button>
        <Button kind="quiet" onClick={() => props.onClose()}>
          Not now
        </Button>
      </div>
    </form>
  )
}

function Chosen(props: { template: TemplateSummary; onChange: (() => void) | undefined }): JSX.Element {
  return (
    <div class="chosen">
      <Icon name="document" />
      <span class="small">
        <b>{props.template.name}</b> <span class="label">{kinds[props.template.kind].label}</span>
        <Show when={props.template.sources.length > 0}>
          <span class="label from">From: {props.template.sources.join('; ')}</span>
        </Show>
      </span>
      <ChangeIt what="template" onChange={props.onChange} />
    </div>
  )
}

function ChosenIdea(props: { origin: ChosenOrigin; onChange: (() => void) | undefined }): JSX.Element {
  const label = () => (props.origin.kind === 'there' ? props.origin.label : props.origin.idea.title)
  return (
    <div class="chosen">
      <Icon name="link" />
      <span class="small">
        <b>{label()}</b>{' '}
        <span class="label">{props.origin.kind === 'there' ? 'is tested' : 'is written and tested'}</span>
      </span>
      <ChangeIt what="change idea" onChange={props.onChange} />
    </div>
  )
}

function ChangeIt(props: { what: string; onChange: (() => void) | undefined }): JSX.Element {
  return (
    <Show when={props.onChange}>
      {(onChange) => (
        <button type="button" class="link-button push" onClick={() => onChange()()}>
          Change<span class="visually-hidden"> the {props.what}</span>
        </button>
      )}
    </Show>
  )
}

/** The one template there is, or the one that was asked for. */
const chosenBeforehand = (
  offered: readonly TemplateSummary[],
  key: string | undefined,
): TemplateSummary | undefined =>
  offered.length === 1 ? offered[0] : offered.find((template) => templateKey(template) === key)

const originBeforehand = (start: NewDocumentDialogProps['start']): ChosenOrigin | undefined =>
  start?.on && { kind: 'there', on: start.on, label: start.label ?? '' }

/** An address names what it stands on by its place alone; what that is called is asked for. */
async function nameOrigin(start: NewDocumentDialogProps['start']): Promise<ChosenOrigin | undefined> {
  const { on, label } = start ?? {}
  if (on?.part === undefined || label !== undefined) return undefined
  try {
    const found = await findOrigin(await findDocument(on.documentId), on.part)
    return found && { kind: 'there', on, label: found.label }
  } catch {
    // It is gone, or private: the server says so when the document is started.
    return undefined
  }
}

const startPlace = (
  places: readonly DocumentPlace[],
  teamId: string | undefined,
): DocumentPlace | undefined => places.find((place) => place.teamId === teamId) ?? places[0]

function draftSentence(place: DocumentPlace | undefined, network: Network): string {
  if (place?.teamId !== undefined)
    return `It begins as a draft of ${place.name}. Share it with the network when you are ready.`
  const seesDrafts = network.roles.some(({ role }) => role === 'coordinator' || role === 'facilitator')
  return seesDrafts
    ? 'It begins as a draft that coordinators and facilitators see. Share it when you are ready.'
    : 'Everyone in the network sees it at once.'
}
