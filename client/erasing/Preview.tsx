import { For, type JSX, Show } from 'solid-js'
import { counted } from '#shared/counted.ts'
import type { Erasure, ErasurePreview, StoredElsewhere } from '#shared/erasure.ts'
import type { Network } from '#shared/network.ts'
import { sizeOf } from '../attachments/file-words.ts'
import { createNow } from '../clock.ts'
import { whenOf } from '../ui/when.ts'
import { piecesOf, recordInWords } from './erasure-words.ts'

/** What goes, where it stands, and what this server cannot reach. */
export function Preview(props: { erasure: Erasure; preview: ErasurePreview; network: Network }): JSX.Element {
  const now = createNow()
  const words = () => (props.erasure.what === 'words' ? props.erasure.words : '')
  return (
    <section class="erase-preview" aria-labelledby="what-goes">
      <h2 id="what-goes">What goes</h2>
      <Show when={props.preview.whole}>
        {(whole) => (
          <p>
            The document with {counted(whole().changes, 'change')},{' '}
            {counted(whole().versions, 'named version')}, {counted(whole().files, 'file')}, its seals,
            forecasts and suggestions. Links from other documents lead nowhere then.
          </p>
        )}
      </Show>
      <Show when={props.preview.file}>
        {(file) => (
          <p>
            “{file().name}”, {sizeOf(file().bytes)}. Where it is shown, it is missing then.
          </p>
        )}
      </Show>
      <Show when={props.erasure.what === 'words'}>
        <Show
          when={props.preview.now.length > 0}
          fallback={<p>In the document as it is now they do not stand.</p>}
        >
          <p>Now, in {counted(props.preview.places, 'passage')}:</p>
          <ul class="erase-passages">
            <For each={props.preview.now}>
              {({ text }) => (
                <li>
                  <For each={piecesOf(text, words())}>
                    {(piece) => (
                      <Show when={piece.goes} fallback={piece.text}>
                        <mark>{piece.text}</mark>
                      </Show>
                    )}
                  </For>
                </li>
              )}
            </For>
          </ul>
          <Show when={props.preview.places > props.preview.now.length}>
            <p>and {counted(props.preview.places - props.preview.now.length, 'more passage')}.</p>
          </Show>
        </Show>
        <ul class="erase-places">
          <Show when={props.preview.earlier}>
            {(earlier) => (
              <li>
                Of the history: {counted(earlier().changes, 'change')} since{' '}
                {whenOf(earlier().since, now(), props.network)}. The history stays, without the words.
              </li>
            )}
          </Show>
          <For each={props.preview.records}>{({ what, count }) => <li>{recordInWords(what, count)}</li>}</For>
        </ul>
      </Show>
      <h2>What stays elsewhere</h2>
      <ul class="erase-places">
        <Show when={props.preview.others.length > 0}>
          <li>
            These documents hold the same words. Erase them there too:
            <ul class="erase-backups">
              <For each={props.preview.others}>
                {(other) => (
                  <li>
                    <a href={`/documents/${other.id}/erase`}>{other.title}</a>
                  </li>
                )}
              </For>
            </ul>
          </li>
        </Show>
        <Show when={props.preview.templates.length > 0}>
          <li>
            Templates of the network that hold them: {props.preview.templates.join(', ')}. Remove them on the
            network’s page.
          </li>
        </Show>
        <Show when={props.erasure.what === 'words'}>
          <li>Drafts of teams, which you cannot see, are not looked through.</li>
        </Show>
        <li>A device that is offline keeps its own copy until it is back.</li>
        <Backups backups={props.preview.backups} network={props.network} />
      </ul>
    </section>
  )
}

/** Copies that only whoever runs the server can remove. */
export function Backups(props: { backups: readonly StoredElsewhere[]; network: Network }): JSX.Element {
  const now = createNow()
  return (
    <Show
      when={props.backups.length > 0}
      fallback={<li>This server has made no backup since it was there.</li>}
    >
      <li>
        These copies may hold it still. Have whoever runs the server delete them, or erase again after
        restoring one:
        <ul class="erase-backups">
          <For each={props.backups}>
            {({ file, at }) => (
              <li>
                <code>{file}</code>, {whenOf(at, now(), props.network)}
              </li>
            )}
          </For>
        </ul>
      </li>
    </Show>
  )
}
