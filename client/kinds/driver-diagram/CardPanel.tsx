import { createSignal, createUniqueId, For, Show } from 'solid-js'
import { addTag, removeTag, setConcept, setOwner, setStatus } from '#shared/kinds/driver-diagram/edits.ts'
import {
  aimId,
  cardNotes,
  columnNames,
  ideaStatuses,
  statusNames,
} from '#shared/kinds/driver-diagram/model.ts'
import { stationOf } from '#shared/kinds/driver-diagram/through.ts'
import { RichText } from '../../editor/RichText.tsx'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { BringBack } from './CardView.tsx'
import { createNotesPreview } from './create-notes-preview.ts'
import { linkOf } from './create-proposals.ts'
import { ColumnGlyph, StatusFace } from './Glyphs.tsx'
import { LinkItem } from './LinkItem.tsx'
import { PanelTitle } from './PanelTitle.tsx'
import { ProposalNotes, ProposalsCount } from './ProposalNotes.tsx'
import { usePage } from './page.ts'

/** Everything that is known of one card, beside the work; on a phone a sheet from below. */
export function CardPanel(props: { card: string }) {
  const page = usePage()
  const { diagram, open, commands } = page
  const card = () => diagram.card(props.card)
  // What is about a link waits at that link, as long as there is one.
  const apartFromLinks = () =>
    page.proposals.atCard(props.card).filter((proposal) => !diagram.link(linkOf(proposal) ?? ''))
  return (
    <Show when={card()}>
      {(card) => (
        <>
          <div class="row">
            <ColumnGlyph column={card().column} />
            <span class="label">{columnNames[card().column].one}</span>
            <ProposalsCount card={props.card} />
            <IconButton
              class="push"
              icon="close"
              label="Close the panel"
              onClick={() => page.openPanel(false)}
            />
          </div>
          <Show when={card().gone}>{(gone) => <BringBack card={props.card} by={gone().by} />}</Show>
          <PanelTitle card={props.card} />
          <ProposalNotes proposals={apartFromLinks()} />
          <dl class="facts">
            <Show when={card().status}>
              <dt>Status</dt>
              <dd>
                <StatusMenu card={props.card} />
              </dd>
            </Show>
            <dt>Owner</dt>
            <dd>
              <OwnerField card={props.card} />
            </dd>
            <Show when={card().column === 'idea'}>
              <dt>Concept</dt>
              <dd>
                <ConceptField card={props.card} />
              </dd>
            </Show>
            <dt>Tags</dt>
            <dd>
              <Tags card={props.card} />
            </dd>
          </dl>
          <Notes card={props.card} />
          <Show when={!card().gone}>
            <LeadsTo card={props.card} />
            <page.Carried part={props.card} station={stationOf[card().column]} label={card().title.trim()} />
            <Show when={card().column !== 'idea'}>
              <LedToBy card={props.card} />
            </Show>
          </Show>
          <Show when={open.canEdit() && !card().gone}>
            <div class="section">
              <Button icon="trash" kind="quiet" onClick={() => commands.removeCard(props.card)}>
                Remove this card
              </Button>
            </div>
          </Show>
        </>
      )}
    </Show>
  )
}

function StatusMenu(props: { card: string }) {
  const { diagram, open } = usePage()
  const status = () => diagram.card(props.card)?.status ?? 'proposed'
  const face = () => (
    <>
      <StatusFace status={status()} />
      {statusNames[status()]}
    </>
  )
  return (
    <Show when={open.canEdit()} fallback={<span class="badge idea">{face()}</span>}>
      <Menu
        label={`Status: ${statusNames[status()]}`}
        class="button idea-face"
        trigger={
          <>
            {face()}
            <Icon name="down" />
          </>
        }
        items={ideaStatuses.map((each) => ({
          label: statusNames[each],
          picture: () => <StatusFace status={each} />,
          get checked() {
            return status() === each
          },
          run: () => setStatus(open.edit, open.doc, props.card, each),
        }))}
      />
    </Show>
  )
}

/** Someone of the network by name, or anybody else by the name that is typed. */
function OwnerField(props: { card: string }) {
  const { diagram, open, network, personOf } = usePage()
  const id = createUniqueId()
  const owner = () => diagram.card(props.card)?.owner
  const people = () => [...new Map(network.members.map(({ person }) => [person.id, person])).values()]
  const person = () => personOf(owner() ?? '') ?? people().find((each) => each.name === owner())
  const name = () => person()?.name ?? owner() ?? ''
  const change = (typed: string) => {
    const found = people().find((each) => each.name.toLowerCase() === typed.toLowerCase())
    setOwner(open.edit, open.doc, props.card, typed === '' ? undefined : (found?.id ?? typed))
  }
  return (
    <span class="person owner">
      <Show when={person()}>{(person) => <Avatar person={person()} size="small" decorative />}</Show>
      <Show when={open.canEdit()} fallback={<span>{name() || 'Nobody yet'}</span>}>
        <input
          class="bare quiet-input"
          type="text"
          aria-label="Owner"
          placeholder="Nobody yet"
          list={id}
          value={name()}
          autocomplete="off"
          onChange={(event) => change(event.currentTarget.value.trim())}
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        />
        <datalist id={id}>
          <For each={people()}>{(each) => <option value={each.name} />}</For>
        </datalist>
      </Show>
    </span>
  )
}

function ConceptField(props: { card: string }) {
  const { diagram, open } = usePage()
  const concept = () => diagram.card(props.card)?.concept ?? ''
  return (
    <Show when={open.canEdit()} fallback={<span>{concept() || 'None named'}</span>}>
      <input
        class="bare quiet-input"
        type="text"
        aria-label="Change concept"
        placeholder="The general idea behind it"
        value={concept()}
        autocomplete="off"
        onChange={(event) =>
          setConcept(open.edit, open.doc, props.card, event.currentTarget.value.trim() || undefined)
        }
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
    </Show>
  )
}

function Tags(props: { card: string }) {
  const { diagram, open } = usePage()
  const id = createUniqueId()
  const tags = () => diagram.card(props.card)?.tags ?? []
  const known = () => [...new Set(diagram.ids().flatMap((each) => diagram.card(each)?.tags ?? []))].sort()
  const add = (field: HTMLInputElement) => {
    for (const tag of field.value.split(','))
      if (tag.trim() !== '') addTag(open.edit, open.doc, props.card, tag)
    field.value = ''
  }
  return (
    <div class="tags">
      <For each={tags()}>
        {(tag) => (
          <span class="tag" classList={{ removable: open.canEdit() }}>
            {tag}
            <Show when={open.canEdit()}>
              <button
                type="button"
                aria-label={`Remove the tag ${tag}`}
                onClick={() => removeTag(open.edit, open.doc, props.card, tag)}
              >
                <Icon name="close" />
              </button>
            </Show>
          </span>
        )}
      </For>
      <Show when={open.canEdit()} fallback={<Show when={tags().length === 0}>None</Show>}>
        <input
          class="bare"
          type="text"
          aria-label="Add a tag"
          placeholder="Add a tag"
          list={id}
          autocomplete="off"
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== ',') return
            event.preventDefault()
            add(event.currentTarget)
          }}
          onBlur={(event) => add(event.currentTarget)}
        />
        <datalist id={id}>
          <For each={known()}>{(tag) => <option value={tag} />}</For>
        </datalist>
      </Show>
    </div>
  )
}

/** Notes are shown as plain words; the editor is fetched when someone wants to write. */
function Notes(props: { card: string }) {
  const { open } = usePage()
  const [openFor, setOpenFor] = createSignal<string>()
  const isOpen = () => openFor() === props.card
  const preview = createNotesPreview(() => cardNotes(open.doc, props.card))
  return (
    <div class="section">
      <div class="row">
        <h3>Notes</h3>
        <Show when={open.canEdit()}>
          <Button
            class="push"
            kind="quiet"
            icon={isOpen() ? 'check' : 'edit'}
            aria-expanded={isOpen()}
            onClick={() => setOpenFor(isOpen() ? undefined : props.card)}
          >
            {isOpen() ? 'Close' : preview().length === 0 ? 'Write' : 'Edit'}
          </Button>
        </Show>
      </div>
      <Show
        when={isOpen()}
        fallback={
          <div class="notes prose small">
            <Show when={preview().length > 0} fallback={<p class="faint">No notes yet.</p>}>
              <For each={preview()}>{(line) => <p>{line}</p>}</For>
            </Show>
          </div>
        }
      >
        <div class="notes">
          <Show when={openFor()} keyed>
            {(card) => (
              <RichText
                open={open}
                fragment={cardNotes(open.doc, card)}
                label="Notes of this card"
                editable={open.canEdit()}
                autofocus
              />
            )}
          </Show>
        </div>
      </Show>
    </div>
  )
}

function LeadsTo(props: { card: string }) {
  const { diagram, open, openDialog } = usePage()
  return (
    <div class="section">
      <div class="row">
        <h3>Leads to</h3>
        <Show when={open.canEdit()}>
          <Button
            class="push"
            kind="quiet"
            icon="link"
            onClick={() => openDialog({ kind: 'link', card: props.card })}
          >
            Link to…
          </Button>
        </Show>
      </div>
      <Show
        when={diagram.parents(props.card).length > 0}
        fallback={<Notice tone="waits">Nothing yet. What would this move?</Notice>}
      >
        <ul class="links">
          <For each={diagram.parents(props.card).map((link) => link.id)}>
            {(link) => <LinkItem link={link} />}
          </For>
        </ul>
      </Show>
    </div>
  )
}

function LedToBy(props: { card: string }) {
  const { diagram, open, commands } = usePage()
  const from = () => diagram.children(props.card).map((link) => link.from)
  return (
    <div class="section">
      <div class="row">
        <h3>What leads to it</h3>
        <Show when={open.canEdit()}>
          <Button class="push" kind="quiet" icon="plus" onClick={() => commands.addChildOf(props.card)}>
            {props.card === aimId
              ? 'Primary driver'
              : diagram.card(props.card)?.column === 'primary'
                ? 'Secondary driver'
                : 'Change idea'}
          </Button>
        </Show>
      </div>
      <ul class="links">
        <For each={from()}>
          {(id) => (
            <li>
              <div class="link-head">
                <ColumnGlyph column={diagram.card(id)?.column ?? 'idea'} />
                <button type="button" class="link-button" onClick={() => commands.goTo(id)}>
                  {diagram.card(id)?.title || 'A card without words'}
                </button>
              </div>
            </li>
          )}
        </For>
      </ul>
    </div>
  )
}
