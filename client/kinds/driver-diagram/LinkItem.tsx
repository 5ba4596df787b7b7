import { createEffect, createSignal, createUniqueId, For, Show } from 'solid-js'
import { addEvidence, removeEvidence, setLink } from '#shared/kinds/driver-diagram/link-edits.ts'
import {
  aimId,
  changeNames,
  type Evidence,
  evidenceKinds,
  type Link,
  linkWhy,
} from '#shared/kinds/driver-diagram/model.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Choices } from '../../ui/Choices.tsx'
import { ColumnGlyph, LinkSample } from './Glyphs.tsx'
import { ProposalNotes } from './ProposalNotes.tsx'
import { usePage } from './page.ts'
import { SharedText } from './panel-fields.tsx'
import { capital } from './words.ts'

/** One link in the panel: what it leads to, what people say of it, and the form for saying it. */
export function LinkItem(props: { link: string }) {
  const page = usePage()
  const { diagram, commands, open } = page
  const link = () => diagram.link(props.link)
  const isOpen = () => page.openLink() === props.link
  return (
    <Show when={link()}>
      {(link) => (
        <li>
          <div class="link-head">
            <ColumnGlyph column={diagram.card(link().to)?.column ?? 'primary'} />
            <button type="button" class="link-button" onClick={() => commands.goTo(link().to)}>
              {link().to === aimId ? 'The aim' : diagram.card(link().to)?.title || 'A card without words'}
            </button>
            <Show when={open.canEdit()}>
              <IconButton
                class="push"
                icon={isOpen() ? 'up' : 'edit'}
                label={isOpen() ? 'Close what is said of this link' : 'Say more about this link'}
                aria-expanded={isOpen()}
                onClick={() => page.setOpenLink(isOpen() ? undefined : props.link)}
              />
            </Show>
          </div>
          <ProposalNotes proposals={page.proposals.atLink(props.link)} />
          <Show when={isOpen() && open.canEdit()} fallback={<Gist link={link()} />}>
            <LinkForm link={props.link} />
          </Show>
        </li>
      )}
    </Show>
  )
}

function Gist(props: { link: Link }) {
  const said = () => {
    const { strength, polarity, confidence } = props.link
    const sure = confidence === undefined ? '' : ` Confidence ${confidence}\u00a0%.`
    return `${capital(strength)}, ${polarity}.${sure}`
  }
  return (
    <div class="label gist">
      <LinkSample strength={props.link.strength} polarity={props.link.polarity} />
      {said()}
      <Show when={props.link.why.trim()}>{(why) => <div>{because(why())}</div>}</Show>
      <For each={props.link.evidence}>
        {(evidence) => (
          <div>
            Evidence: <EvidenceWords evidence={evidence} />
          </div>
        )}
      </For>
    </div>
  )
}

/** A source in words; a cycle of the network opens, and says what it changed and why. */
function EvidenceWords(props: { evidence: Evidence }) {
  const words = () => props.evidence.text || 'A cycle'
  return (
    <>
      <Show when={props.evidence.documentId} fallback={props.evidence.text}>
        {(id) => <a href={`/documents/${id()}`}>{words()}</a>}
      </Show>
      <Show when={props.evidence.change}>{(change) => <> {changeNames[change()]} this link</>}</Show>
      <Show when={props.evidence.why}>{(why) => <>: {why()}</>}</Show>
    </>
  )
}

const because = (why: string): string =>
  /^(because|since|as)\b/i.test(why) ? capital(why) : `Because ${why.charAt(0).toLowerCase()}${why.slice(1)}`

function LinkForm(props: { link: string }) {
  const { diagram, open, commands, openLinkAtWhy } = usePage()
  const link = () => diagram.link(props.link)
  return (
    <div class="link-form">
      <div class="field">
        <span class="field-label">Strength</span>
        <Choices
          label="Strength"
          options={[
            { value: 'strong', label: 'Strong' },
            { value: 'weak', label: 'Weak' },
          ]}
          value={link()?.strength ?? 'strong'}
          onChange={(strength) => setLink(open.edit, open.doc, props.link, { strength })}
        />
      </div>
      <div class="field">
        <span class="field-label">Effect</span>
        <Choices
          label="Effect"
          options={[
            { value: 'helps', label: 'Helps' },
            { value: 'hinders', label: 'Hinders' },
          ]}
          value={link()?.polarity ?? 'helps'}
          onChange={(polarity) => setLink(open.edit, open.doc, props.link, { polarity })}
        />
      </div>
      <Confidence link={props.link} />
      <SharedText
        label="Why we believe it"
        text={linkWhy(open.doc, props.link)}
        placeholder="Because…"
        autofocus={openLinkAtWhy()}
      />
      <EvidenceList link={props.link} />
      <div class="row">
        <Button icon="trash" kind="quiet" onClick={() => commands.removeLink(props.link)}>
          Remove this link
        </Button>
      </div>
    </div>
  )
}

/** Written when the hand lets go: a slider would otherwise make a step of every pixel. */
function Confidence(props: { link: string }) {
  const { diagram, open } = usePage()
  const id = createUniqueId()
  const stored = () => diagram.link(props.link)?.confidence
  const [shown, setShown] = createSignal<number>()
  createEffect(() => setShown(stored()))
  return (
    <div class="field">
      <label for={id}>How sure are we?</label>
      <div class="confidence">
        <input
          id={id}
          type="range"
          min="0"
          max="100"
          step="5"
          value={shown() ?? 50}
          aria-valuetext={shown() === undefined ? 'not said' : `${shown()} percent`}
          onInput={(event) => setShown(event.currentTarget.valueAsNumber)}
          onChange={(event) =>
            setLink(open.edit, open.doc, props.link, { confidence: event.currentTarget.valueAsNumber })
          }
        />
        <span class="small tabular">{shown() === undefined ? 'not said' : `${shown()}\u00a0%`}</span>
      </div>
    </div>
  )
}

function EvidenceList(props: { link: string }) {
  const { diagram, open } = usePage()
  const id = createUniqueId()
  const evidence = () => diagram.link(props.link)?.evidence ?? []
  let field!: HTMLInputElement
  const add = () => {
    const text = field.value.trim()
    if (text === '') return
    addEvidence(open.edit, open.doc, props.link, { kind: evidenceKinds[0], text })
    field.value = ''
  }
  return (
    <div class="field evidence">
      <label for={id}>Evidence</label>
      <ul>
        <For each={evidence()}>
          {(each) => (
            <li>
              <span>
                <EvidenceWords evidence={each} />
              </span>
              <IconButton
                class="push"
                icon="close"
                label={`Remove the evidence “${each.text}”`}
                onClick={() => removeEvidence(open.edit, open.doc, props.link, each.id)}
              />
            </li>
          )}
        </For>
      </ul>
      <input
        ref={field}
        id={id}
        class="bare"
        type="text"
        placeholder="A source, a cycle, a measure"
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          add()
        }}
        onBlur={add}
      />
    </div>
  )
}
