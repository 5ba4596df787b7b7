import { useParams } from '@solidjs/router'
import { createEffect, createSignal, type JSX, Match, Show, Switch } from 'solid-js'
import { erases } from '#shared/access.ts'
import type { Erasure, ErasureAnswer, ErasurePreview } from '#shared/erasure.ts'
import { type Found, findWithNetwork } from '../documents/remembered.ts'
import { Page } from '../Page.tsx'
import { createRecords } from '../records.ts'
import { getMe } from '../session.tsx'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Choices } from '../ui/Choices.tsx'
import { SelectField, TextField } from '../ui/Field.tsx'
import { createLoad, Loaded } from '../ui/load.tsx'
import { Notice } from '../ui/Notice.tsx'
import { createSubmit } from '../ui/submit.ts'
import './erasing.css'
import { consequenceOf, eraseLabel } from './erasure-words.ts'
import { Backups, Preview } from './Preview.tsx'
import { erase, previewErasure } from './requests.ts'

/** Takes something out of a document for good: first it shows what goes, then it asks once more. */
export default function ErasePage(): JSX.Element {
  const params = useParams<{ documentId: string }>()
  // Not kept current by the network's news: of a document that was erased, here too, this page still has something to say.
  const load = createLoad(
    () => params.documentId,
    (id) => findWithNetwork(getMe().id, id),
  )
  return (
    <Page
      title={`Erase from ${load.data()?.detail.title ?? 'a document'}`}
      network={load.data()?.network}
      crumbs={crumbsOf(load.data())}
      width="narrow"
    >
      <Loaded load={load} isPage>
        {(found) => (
          <Show when={found().detail.id} keyed>
            {(_id) => <EraseBody found={found()} reload={() => void load.reload()} />}
          </Show>
        )}
      </Loaded>
    </Page>
  )
}

const crumbsOf = (found: Found | undefined) =>
  found === undefined
    ? []
    : [{ label: found.detail.title, href: `/documents/${found.detail.id}` }, { label: 'Erase for good' }]

function EraseBody(props: { found: Found; reload: () => void }): JSX.Element {
  const { detail, network } = props.found
  const [seen, setSeen] = createSignal<{ erasure: Erasure; preview: ErasurePreview }>()
  const [done, setDone] = createSignal<{ erasure: Erasure; answer: ErasureAnswer }>()
  return (
    <>
      <header class="lede">
        <h1 class="display">Erase for good</h1>
        <p class="quiet">
          For what must not be kept at all, such as a student’s name. It goes from the document, from its
          whole history and from the server’s disk, and nobody can bring it back. What is merely wrong is
          better edited.
        </p>
      </header>
      <Switch>
        <Match when={!erases(network)}>
          <Notice tone="waits" title="Only a coordinator of the network can erase.">
            Ask one of them, and say where it stands.
          </Notice>
        </Match>
        <Match when={done()}>
          {(result) => (
            <Done
              found={props.found}
              erasure={result().erasure}
              answer={result().answer}
              again={() => setDone()}
            />
          )}
        </Match>
        <Match when={true}>
          <AskForm documentId={detail.id} networkId={network.id} onSeen={setSeen} />
          <Show when={seen()} keyed>
            {({ erasure, preview }) => (
              <>
                <Preview erasure={erasure} preview={preview} network={network} />
                <Confirm
                  documentId={detail.id}
                  erasure={erasure}
                  onErased={(answer) => {
                    setSeen()
                    setDone({ erasure, answer })
                    // Its title may have held the words.
                    if (erasure.what !== 'document') props.reload()
                  }}
                />
              </>
            )}
          </Show>
        </Match>
      </Switch>
    </>
  )
}

type What = Erasure['what']

function AskForm(props: {
  documentId: string
  networkId: string
  onSeen: (seen: { erasure: Erasure; preview: ErasurePreview } | undefined) => void
}): JSX.Element {
  const [what, setWhat] = createSignal<What>('words')
  const [words, setWords] = createSignal('')
  const [file, setFile] = createSignal('')
  const records = createRecords(
    () => props.documentId,
    () => props.networkId,
  )
  const files = () => records.data()?.attachments ?? []
  createEffect(() => {
    if (!files().some(({ id }) => id === file())) setFile(files()[0]?.id ?? '')
  })
  // What is shown belongs to what was asked.
  createEffect(() => {
    what()
    words()
    file()
    props.onSeen(undefined)
  })
  const asked = (): Erasure => {
    if (what() === 'words') return { what: 'words', words: words().trim().replace(/\s+/g, ' ') }
    return what() === 'file' ? { what: 'file', file: file() } : { what: 'document' }
  }
  const submit = createSubmit(['words'], async () => {
    const erasure = asked()
    props.onSeen({ erasure, preview: await previewErasure(props.documentId, erasure) })
  })
  return (
    <form class="form erase-form" novalidate onSubmit={submit.onSubmit}>
      <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
      <Choices
        label="What to erase"
        value={what()}
        onChange={setWhat}
        options={[
          { value: 'words', label: 'Words' },
          { value: 'file', label: 'A file' },
          { value: 'document', label: 'The whole document' },
        ]}
      />
      <Switch>
        <Match when={what() === 'words'}>
          <TextField
            label="Words to erase"
            help="As they stand there; capitals and spaces do not matter. Each character becomes █, now and in every earlier moment."
            name="words"
            autocomplete="off"
            value={words()}
            onInput={(event) => setWords(event.currentTarget.value)}
            error={submit.error('words')}
          />
        </Match>
        <Match when={what() === 'file' && files().length === 0}>
          <p class="quiet">This document has no files.</p>
        </Match>
        <Match when={what() === 'file'}>
          <SelectField
            label="File to erase"
            value={file()}
            onChange={setFile}
            options={files().map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Match>
      </Switch>
      <div class="actions">
        <Button
          type="submit"
          kind="primary"
          busy={submit.isBusy()}
          disabled={what() === 'file' && files().length === 0}
        >
          See what goes
        </Button>
      </div>
    </form>
  )
}

function Confirm(props: {
  documentId: string
  erasure: Erasure
  onErased: (answer: ErasureAnswer) => void
}): JSX.Element {
  const submit = createSubmit([], async () => {
    props.onErased(await erase(props.documentId, props.erasure))
  })
  return (
    <form class="form" onSubmit={submit.onSubmit}>
      <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
      <p class="small">{consequenceOf(props.erasure.what)} There is no undo.</p>
      <div class="actions">
        <Button type="submit" kind="danger" icon="trash" busy={submit.isBusy()}>
          {eraseLabel(props.erasure.what)}
        </Button>
      </div>
    </form>
  )
}

function Done(props: {
  found: Found
  erasure: Erasure
  answer: ErasureAnswer
  again: () => void
}): JSX.Element {
  const isGone = () => props.erasure.what === 'document'
  return (
    <section class="erase-preview" aria-labelledby="erased">
      <h2 id="erased" tabindex="-1" ref={(heading) => queueMicrotask(() => heading.focus())}>
        It is erased
      </h2>
      <ul class="erase-places">
        <Backups backups={props.answer.backups} network={props.found.network} />
      </ul>
      <div class="row">
        <Show
          when={!isGone()}
          fallback={<LinkButton href={`/networks/${props.found.network.id}`}>To the network</LinkButton>}
        >
          <LinkButton href={`/documents/${props.found.detail.id}`} kind="primary">
            To the document
          </LinkButton>
          <Button kind="quiet" onClick={() => props.again()}>
            Erase something else
          </Button>
        </Show>
      </div>
    </section>
  )
}
