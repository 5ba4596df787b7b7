import { useNavigate } from '@solidjs/router'
import { createEffect, createMemo, createSignal, For, type JSX, on, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { TemplateSummary } from '#shared/document.ts'
import { kinds } from '#shared/kinds/index.ts'
import type { Network } from '#shared/network.ts'
import { kindViews } from '../kinds/index.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { SelectField, TextField } from '../ui/Field.tsx'
import { createLoad, Loaded } from '../ui/load.tsx'
import { Notice } from '../ui/Notice.tsx'
import { createSubmit, textOf } from '../ui/submit.ts'
import './documents.css'
import { type DocumentPlace, placesToCreate } from './places.ts'
import { createDocument, listTemplates } from './requests.ts'

const knownTemplates = new Map<string, readonly TemplateSummary[]>()

/** What a document can start from; the same everywhere, so it is asked for once. */
export const createTemplates = () => createLoad(() => 'all', listTemplates, knownTemplates)

/** Names a template among those of all kinds. */
export const templateKey = ({ kind, id }: Pick<TemplateSummary, 'kind' | 'id'>): string => `${kind}/${id}`

export interface NewDocumentDialogProps {
  network: Network
  open: boolean
  onClose: () => void
  /** Chosen beforehand; the reader may still choose otherwise. */
  teamId?: string | undefined
  template?: string | undefined
}

/** Starts a document: from what, called what, and where. */
export function NewDocumentDialog(props: NewDocumentDialogProps): JSX.Element {
  const templates = createTemplates()
  return (
    <Dialog open={props.open} onClose={props.onClose} title="Start a document" wide>
      <Loaded load={templates}>{(list) => <NewDocumentForm {...props} templates={list()} />}</Loaded>
    </Dialog>
  )
}

function NewDocumentForm(
  props: NewDocumentDialogProps & { templates: readonly TemplateSummary[] },
): JSX.Element {
  const navigate = useNavigate()
  const places = createMemo(() => placesToCreate(props.network))
  const [chosenKey, choose] = createSignal(props.template ?? firstKey(props.templates))
  const [place, setPlace] = createSignal(startPlace(places(), props.teamId))
  const chosen = () => props.templates.find((template) => templateKey(template) === chosenKey())
  const submit = createSubmit(['title', 'template', 'team'], async (values) => {
    const template = chosen()
    if (!template) return
    const id = await createDocument({
      networkId: props.network.id,
      teamId: place()?.teamId,
      kind: template.kind,
      title: textOf(values, 'title'),
      template: template.id,
    })
    props.onClose()
    navigate(`/documents/${id}`)
  })
  createEffect(
    on(
      () => props.template,
      (template) => template && choose(template),
    ),
  )
  return (
    <form class="form" novalidate onSubmit={submit.onSubmit}>
      <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
      <fieldset class="template-choice">
        <legend class="field-label">Start from</legend>
        <For each={props.templates}>
          {(template) => (
            <TemplateOption
              template={template}
              chosen={templateKey(template) === chosenKey()}
              onChoose={() => choose(templateKey(template))}
            />
          )}
        </For>
      </fieldset>
      <TextField
        label="Title"
        help="What it is about, in a few words."
        name="title"
        autocomplete="off"
        placeholder={chosen()?.id === 'blank' ? 'Fewer missed school days' : (chosen()?.name ?? '')}
        error={submit.error('title')}
      />
      <Show when={places().length > 1}>
        <PlaceField places={places()} place={place()} onChange={setPlace} error={submit.error('team')} />
      </Show>
      <p class="label">{draftSentence(place(), props.network)}</p>
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

function TemplateOption(props: {
  template: TemplateSummary
  chosen: boolean
  onChoose: () => void
}): JSX.Element {
  return (
    <label class="template">
      <input
        class="visually-hidden"
        type="radio"
        name="template"
        checked={props.chosen}
        onChange={() => props.onChoose()}
      />
      <span class="picture">
        <Dynamic component={kindViews[props.template.kind].Picture} />
      </span>
      <span class="about">
        <b>
          {props.template.name} <span class="label">{kinds[props.template.kind].label}</span>
        </b>
        <span class="small quiet">{props.template.sentence}</span>
        <Show when={props.chosen && props.template.sources.length > 0}>
          <span class="label">From: {props.template.sources.join('; ')}</span>
        </Show>
      </span>
    </label>
  )
}

export function PlaceField(props: {
  places: readonly DocumentPlace[]
  place: DocumentPlace | undefined
  onChange: (place: DocumentPlace | undefined) => void
  error?: string | undefined
}): JSX.Element {
  return (
    <SelectField
      label="Where"
      value={props.place?.teamId ?? ''}
      onChange={(value) => props.onChange(props.places.find((place) => (place.teamId ?? '') === value))}
      options={props.places.map((place) => ({
        value: place.teamId ?? '',
        label: place.teamId === undefined ? `${place.name} (the network)` : place.name,
      }))}
      error={props.error}
    />
  )
}

const firstKey = (templates: readonly TemplateSummary[]): string | undefined =>
  templates[0] && templateKey(templates[0])

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
