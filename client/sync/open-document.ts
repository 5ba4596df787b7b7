/**
 * An open document: its Y.Doc, who is here, whether it is saved, undo, and what to do when it cannot be saved.
 * First the device's copy is loaded, then the socket opens; from there on both hold every change.
 */
import { type Accessor, createSignal } from 'solid-js'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Level } from '#shared/access.ts'
import { AppError } from '#shared/errors.ts'
import { newId } from '#shared/ids.ts'
import type { Edit } from '#shared/kinds/edit.ts'
import type { Me } from '#shared/people.ts'
import { type Connection, openConnection } from './connection.ts'
import { downloadFile, type FileToSave } from './download.ts'
import { type KeptCopy, keepCopy, listKeptCopies } from './kept-copies.ts'
import { askBeforeLeaving } from './leaving.ts'
import {
  copyName,
  type OpenLocalCopy,
  openLocalCopy,
  removeUnusedCopies,
  setAsideOldEpochs,
} from './local-copy.ts'
import { openMarkers } from './markers.ts'
import { createPresence, type PresentPerson } from './presence.ts'
import { asksBeforeLeaving, type SavedState } from './saved-state.ts'
import type { TextGuard } from './text-guard.ts'
import {
  describeTrouble,
  isForgotten,
  isKeptAside,
  type Trouble,
  type TroubleKind,
  troubleOf,
} from './trouble.ts'
import { bindUndoKeys, createUndo, ownEdit, untrackedEdit } from './undo.ts'

export type { PresentPerson } from './presence.ts'
export type { SavedState } from './saved-state.ts'
export type { Trouble, TroubleAction, TroubleKind } from './trouble.ts'

/** What must be known of a document to open it: the answer of `GET /api/documents/:id`, or that answer as remembered. */
export interface DocumentToOpen {
  readonly id: string
  readonly epoch: string
  /** The version of its shape that *this program* knows (`kinds[kind].schema`), not the one the server has. */
  readonly schema: number
  readonly level: Level
  /** When it was last changed: what "Saved" says until the server has spoken. */
  readonly updatedAt?: number
}

export interface OpenOptions {
  /** `wss://host/sync`; by default this page's own host. */
  readonly url?: string
  /** The document as a file for someone who must take it away, e.g. the kind's Markdown. By default Yjs's own form. */
  readonly asFile?: (doc: Y.Doc) => FileToSave
  /** Asks for the level again after the server has changed it. By default from `GET /api/documents/:id`. */
  readonly readLevel?: (documentId: string) => Promise<Level | undefined>
  /** What looks at words before they enter the document. */
  readonly guard?: TextGuard
  readonly openLocalCopy?: OpenLocalCopy
  readonly Socket?: typeof WebSocket
}

export interface OpenDocument {
  readonly id: string
  readonly doc: Y.Doc
  readonly awareness: Awareness
  readonly undo: Y.UndoManager
  /** What the document's fields show their words to; none where nothing is looked for. */
  readonly guard?: TextGuard | undefined
  /** One undo step: a transaction of this person's own. `tracked: false` for what undo must not see (Y5). */
  readonly edit: Edit
  readonly level: Accessor<Level>
  /** The level is edit, and nothing stands against saving. Nothing may be edited while it is false. */
  readonly canEdit: Accessor<boolean>
  /** The content is here, from this device or from the server. Draw nothing of it before, the saved state neither. */
  readonly ready: Accessor<boolean>
  readonly saved: Accessor<SavedState>
  /** The network blocks live connections, and the document travels another way. */
  readonly isIndirect: Accessor<boolean>
  /** Everyone who is here, each person once, oneself first. */
  readonly people: Accessor<readonly PresentPerson[]>
  /** Says where this person is; missing fields stay as they were, `at: undefined` takes it back. */
  announce(state: { at?: string | undefined; writing?: boolean }): void
  /** Why nothing can be saved now, and what can be done: the page shows the sentence and a button for each action. */
  readonly trouble: Accessor<Trouble | undefined>
  /** Changes made here that the server has not acknowledged. */
  readonly unsent: () => number
  /** Whether leaving now could lose or hide changes. The page's own navigation asks too; closing the tab asks by itself. */
  readonly asksBeforeLeaving: () => boolean
  /** The document as it is here, unsent changes included, as a file. */
  download(): void
  /** Keeps the document as it is here as a kept copy; false when this device would not take it. */
  keepCopy(): Promise<boolean>
  keptCopies(): Promise<readonly KeptCopy[]>
  /** Goes on after a trouble that has been dealt with: signed in again, tabs closed. */
  retry(): void
  /** Removes this device's copy. */
  forget(): Promise<void>
  close(): void
}

/** How long a document that is being closed may wait for the server's word on the last changes. */
const farewell = 5_000

/** Opens a document. Call inside a Solid root and `close` it in `onCleanup`. */
export function openDocument(detail: DocumentToOpen, me: Me, options: OpenOptions = {}): OpenDocument {
  const place = { accountId: me.id, documentId: detail.id, epoch: detail.epoch }
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  const undo = createUndo(doc)
  const presence = createPresence(awareness, me)
  const [level, setLevel] = createSignal<Level>(detail.level)
  const [ready, setReady] = createSignal(false)
  const [saved, setSaved] = createSignal<SavedState>({ kind: 'saving' })
  const [trouble, setTrouble] = createSignal<Trouble>()
  const [isIndirect, setIndirect] = createSignal(false)
  const canEdit = () => level() === 'edit' && trouble() === undefined
  let isClosed = false
  let isSettled = false
  let wasAway = false
  let levelsAsked = 0
  let isGivenUp = false

  const copy = (options.openLocalCopy ?? openLocalCopy)(place, doc, {
    kept: (through) => markers.tell({ type: 'kept', through }),
    notKept: () => markers.tell({ type: 'not-kept' }),
  })
  const connection: Connection = openConnection({
    url: options.url ?? ownUrl(),
    documentId: detail.id,
    schema: detail.schema,
    epoch: detail.epoch,
    doc,
    awareness,
    ...(options.Socket === undefined ? {} : { Socket: options.Socket }),
    on: {
      answered() {
        markers.answered()
        // Whatever happened to this person's level while no socket was there, nobody could say.
        if (wasAway) void readLevelAgain()
        wasAway = false
      },
      synced: () => setReady(true),
      saved(counter, serverTime) {
        markers.acknowledged(counter, serverTime)
        copy.acknowledged(markers.unsent())
        if (trouble()?.kind === 'not-saving') setTrouble(undefined)
        if (isClosed && markers.unsent() === 0) settle()
      },
      refused: (counter, reason) => void meetRefusal(counter, reason),
      dropped() {
        wasAway = true
        markers.dropped()
      },
      ended: (code, reason) => void meetEnd(code, reason),
      levelChanged: () => void readLevelAgain(),
      indirect: setIndirect,
    },
  })
  const markers = openMarkers({
    ask: (counter) => connection.ask(counter),
    shown: setSaved,
    savedAt: detail.updatedAt ?? Date.now(),
  })

  // After the connection and the copy have registered theirs: the change is on its way before it is counted.
  const onUpdate = (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
    if (!transaction.local) return
    markers.changed()
    copy.changed(markers.made(), markers.unsent())
  }
  doc.on('update', onUpdate)

  const releases = [
    bindUndoKeys(undo, canEdit),
    askBeforeLeaving(mustAsk),
    onWindow('online', () => connection.wake()),
    onWindow('offline', () => connection.probe()),
    onVisible(() => {
      connection.wake()
      connection.probe()
    }),
  ]
  void begin()

  async function begin(): Promise<void> {
    const { unsent } = await copy.load()
    if (isClosed) return
    markers.tell({ type: 'loaded', unsent, at: Date.now() })
    if (doc.store.clients.size > 0) setReady(true)
    connection.start()
    await setAsideOldEpochs(place, detail.schema)
    await removeUnusedCopies()
  }

  /**
   * Not saved. Where this person may edit, the server cannot save at the moment and keeps trying: what is here stays, and
   * is locked until a marker is answered. Where they may not, it never will.
   */
  async function meetRefusal(counter: number, reason: string): Promise<void> {
    if (trouble() !== undefined || isClosed) return
    setTrouble(describeTrouble('not-saving', { unsent: markers.unsent(), keptAside: false, reason }))
    markers.tell({ type: 'refused', counter, reason })
    await readLevelAgain()
    if (trouble()?.kind === 'not-saving' && level() !== 'edit') await meet('refused', { reason })
  }

  async function meetEnd(code: number, reason: string): Promise<void> {
    const kind = troubleOf(code) ?? 'refused'
    await meet(kind, { code, reason })
    if (kind !== 'no-access' || markers.unsent() === 0 || isClosed) return
    // The same code shows the door to a page that sent what the document cannot take; then there still is a level.
    const now = await levelNow()
    if (now !== undefined && !isClosed) await meet('refused', { code, reason })
  }

  /** Something that does not pass by itself: locks the editor, puts unsent work in safety, and says what to do. */
  async function meet(kind: TroubleKind, said: { code?: number; reason?: string }): Promise<void> {
    if (isClosed) return settle()
    const unsent = markers.unsent()
    setTrouble(describeTrouble(kind, { unsent, keptAside: false, ...said }))
    markers.tell({
      type: 'ended',
      reason: trouble()?.sentence ?? '',
      ...(said.code === undefined ? {} : { code: said.code }),
    })
    if (isForgotten(kind) && unsent === 0) await copy.remove()
    if (!isKeptAside(kind)) return
    const keptAside = unsent > 0 && (await storeKeptCopy(kind, unsent))
    // What cannot be merged must not be sent again by the next visit. If it could not be kept apart, it stays where it is.
    if (unsent === 0 || keptAside) await copy.remove()
    setTrouble(describeTrouble(kind, { unsent, keptAside, ...said }))
  }

  function storeKeptCopy(kind: TroubleKind | undefined, changes: number): Promise<boolean> {
    return keepCopy({
      // Named like the copy, so that whoever finds that copy later keeps it once.
      id: kind === 'replaced' ? copyName(place) : newId(),
      accountId: me.id,
      documentId: detail.id,
      schema: detail.schema,
      keptAt: Date.now(),
      changes,
      reason: kind === 'replaced' || kind === 'too-large' || kind === 'refused' ? kind : 'asked',
      state: Y.encodeStateAsUpdate(doc),
    })
  }

  async function readLevelAgain(): Promise<void> {
    levelsAsked += 1
    const asked = levelsAsked
    const now = await levelNow()
    if (now !== undefined && asked === levelsAsked) setLevel(now)
  }

  const levelNow = (): Promise<Level | undefined> =>
    (options.readLevel ?? askLevel)(detail.id).catch(() => undefined)

  function mustAsk(): boolean {
    return !isGivenUp && !trouble()?.keptAside && asksBeforeLeaving(saved(), markers.unsent())
  }

  const edit: Edit = (change, { tracked = true } = {}) => {
    if (!canEdit()) throw new AppError('forbidden', 'This document cannot be edited now.')
    undo.stopCapturing()
    try {
      return doc.transact(change, tracked ? ownEdit : untrackedEdit)
    } finally {
      undo.stopCapturing()
    }
  }

  /** The end of everything. Until then a closing document may still wait for its last acknowledgement. */
  function settle(): void {
    if (isSettled) return
    isSettled = true
    connection.close()
    markers.close()
    doc.off('update', onUpdate)
    undo.destroy()
    void copy.close()
    doc.destroy()
  }

  return {
    id: detail.id,
    doc,
    awareness,
    undo,
    guard: options.guard,
    edit,
    level,
    canEdit,
    ready,
    saved,
    isIndirect,
    people: presence.people,
    announce: presence.announce,
    trouble,
    unsent: () => markers.unsent(),
    asksBeforeLeaving: mustAsk,
    download: () => downloadFile((options.asFile ?? asYjsFile)(doc)),
    keepCopy: () => storeKeptCopy(undefined, markers.unsent()),
    keptCopies: () => listKeptCopies(me.id, detail.id),
    retry() {
      setTrouble(undefined)
      markers.tell({ type: 'resumed', at: Date.now() })
      connection.resume()
    },
    async forget() {
      isGivenUp = true
      await copy.remove()
    },
    close() {
      if (isClosed) return
      isClosed = true
      for (const release of releases) release()
      presence.close()
      awareness.setLocalState(null)
      if (markers.unsent() === 0 || trouble() !== undefined) return settle()
      setTimeout(settle, farewell)
    },
  }
}

function asYjsFile(doc: Y.Doc): FileToSave {
  return { name: 'document.yjs', type: 'application/octet-stream', body: Y.encodeStateAsUpdate(doc) }
}

/** The level of the reader on a document, from the server; undefined when it does not say. */
async function askLevel(documentId: string): Promise<Level | undefined> {
  const response = await fetch(`/api/documents/${documentId}`)
  if (!response.ok) return undefined
  const { level } = (await response.json()) as { level?: Level }
  return level
}

function ownUrl(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/sync`
}

function onWindow(name: 'online' | 'offline', run: () => void): () => void {
  window.addEventListener(name, run)
  return () => window.removeEventListener(name, run)
}

function onVisible(run: () => void): () => void {
  const onChange = () => document.visibilityState === 'visible' && run()
  document.addEventListener('visibilitychange', onChange)
  return () => document.removeEventListener('visibilitychange', onChange)
}
