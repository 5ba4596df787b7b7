import type { AppError } from '#shared/errors.ts'
import { newId } from '#shared/ids.ts'
import type { Attachment } from '#shared/records.ts'
import { asRefusal } from '../api.ts'
import { retryDelay } from '../sync/reconnection.ts'
import type { ListedFile, WaitingFile } from '../sync/waiting-files.ts'
import type { PreparedFile } from './prepare-file.ts'
import type { Upload } from './upload-file.ts'

/*
 * A file on its way, told as a story: it is chosen, gets its id here, is made ready, and is kept on this device. Then the files
 * are sent one after the other. An answer that is lost does no harm: the file is sent again under the same id, and the server
 * finds that it has it. What the server refuses stays in sight, with the reason, until its person has seen it; when the server
 * does not answer the file waits, and goes out by itself as soon as it does.
 */

/** A file that someone chose here, until it is seen with the document. */
export interface OutgoingFile {
  readonly id: string
  readonly part?: string
  readonly name: string
  /** Known once it is made ready. */
  readonly bytes?: Blob
  /** This device holds it, also when the page is closed. */
  readonly isKept: boolean
  readonly state: SendingState
}

export type SendingState =
  | { readonly is: 'preparing' }
  | { readonly is: 'waiting' }
  | { readonly is: 'sending'; readonly share: number }
  | { readonly is: 'refused'; readonly reason: string }
  | { readonly is: 'sent'; readonly attachment: Attachment }

export interface SendingDeps {
  readonly accountId: string
  readonly documentId: string
  readonly store: {
    keep(file: WaitingFile): Promise<boolean>
    list(accountId: string): Promise<readonly ListedFile[]>
    isWaiting(id: string): Promise<boolean>
    drop(id: string): Promise<void>
  }
  readonly prepare: (file: File) => Promise<PreparedFile>
  readonly upload: Upload
  /** Nobody else of this browser does anything with the file meanwhile. */
  readonly alone: <T>(id: string, work: () => Promise<T>) => Promise<T>
  /** False once the person has left, and while their sign-in has ended. */
  readonly maySend: () => boolean
  readonly random: () => number
  readonly now: () => number
  readonly changed: (files: readonly OutgoingFile[]) => void
  /** The server has, or may have, a file that it did not have. */
  readonly sent: () => void
}

/** The files of one document that one person sends from here. */
export class Sending {
  readonly #deps: SendingDeps
  readonly #closed = new AbortController()
  #files: readonly OutgoingFile[] = []
  #preparing: Promise<void> = Promise.resolve()
  #isRunning = false
  #attempt = 0
  #pause: ReturnType<typeof setTimeout> | undefined

  constructor(deps: SendingDeps) {
    this.#deps = deps
  }

  get files(): readonly OutgoingFile[] {
    return this.#files
  }

  /** Whether something would be lost if the page were closed now. */
  get wouldLose(): boolean {
    return this.#files.some(({ state, isKept }) => state.is !== 'sent' && state.is !== 'refused' && !isKept)
  }

  /** Whether nothing is left to be done here. */
  get isDone(): boolean {
    return this.#files.every(({ state }) => state.is === 'sent' || state.is === 'refused')
  }

  /** Takes up what earlier visits left waiting. */
  async resume(): Promise<void> {
    const { accountId, documentId } = this.#deps
    const waiting = await this.#deps.store.list(accountId)
    const known = new Set(this.#files.map(({ id }) => id))
    for (const file of waiting)
      if (file.documentId === documentId && !known.has(file.id)) this.#append(asOutgoing(file))
    await this.wake()
  }

  async add(chosen: Iterable<File>, part?: string): Promise<void> {
    for (const file of chosen) {
      const id = newId()
      const { name } = file
      this.#append({
        id,
        name,
        isKept: false,
        state: { is: 'preparing' },
        ...(part !== undefined && { part }),
      })
      // One at a time: a phone has no place for ten pictures at their full size.
      this.#preparing = this.#preparing.then(() => this.#prepare(id, file))
    }
    await this.#preparing
  }

  /** Sends what waits now: the network is back, or there is something new. */
  async wake(): Promise<void> {
    clearTimeout(this.#pause)
    if (this.#isRunning) return
    this.#isRunning = true
    let isDone = false
    try {
      isDone = await this.#sendAll()
    } finally {
      this.#isRunning = false
    }
    if (this.#closed.signal.aborted) return
    if (!isDone) this.#tryLater()
    // Made ready in the moment in which the last one was done.
    else if (this.#files.some(({ state }) => state.is === 'waiting')) await this.wake()
  }

  /** Sends a file again that was refused. */
  async retry(id: string): Promise<void> {
    this.#change(id, { state: { is: 'waiting' } })
    await this.wake()
  }

  /** Gives a file up that was not sent. */
  async dismiss(id: string): Promise<void> {
    this.#remove(id)
    await this.#deps.store.drop(id)
  }

  /** What is seen with the document by now need not be shown here any more. */
  seen(attachments: readonly Attachment[]): void {
    const there = new Set(attachments.map(({ id }) => id))
    for (const { id, state } of this.#files) if (state.is === 'sent' && there.has(id)) this.#remove(id)
  }

  close(): void {
    this.#closed.abort()
    clearTimeout(this.#pause)
  }

  async #prepare(id: string, file: File): Promise<void> {
    const chosen = this.#find(id)
    if (chosen === undefined) return
    try {
      const { name, bytes } = await this.#deps.prepare(file)
      const isKept = await this.#deps.store.keep(this.#waiting({ ...chosen, name, bytes }, bytes))
      if (this.#find(id) === undefined) return void (await this.#deps.store.drop(id))
      this.#change(id, { name, bytes, isKept, state: { is: 'waiting' } })
    } catch (thrown) {
      this.#change(id, { state: { is: 'refused', reason: asRefusal(thrown).message } })
      return
    }
    void this.wake()
  }

  #tryLater(): void {
    this.#pause = setTimeout(() => void this.wake(), retryDelay(this.#attempt, this.#deps.random))
    this.#attempt += 1
  }

  /** False when something waits that must be tried again later. */
  async #sendAll(): Promise<boolean> {
    for (;;) {
      const next = this.#files.find(({ state }) => state.is === 'waiting')
      if (next === undefined) return true
      if (this.#closed.signal.aborted || !this.#deps.maySend()) return false
      if (!(await this.#deps.alone(next.id, () => this.#send(next)))) return false
      this.#attempt = 0
    }
  }

  async #send(file: OutgoingFile): Promise<boolean> {
    const { id, bytes } = file
    // Another tab has sent it, or given it up; or its person has left.
    if (bytes === undefined || !(await this.#deps.store.isWaiting(id))) {
      this.#remove(id)
      this.#deps.sent()
      return true
    }
    const showShare = (share: number) => this.#change(id, { state: { is: 'sending', share } })
    showShare(0)
    try {
      const attachment = await this.#deps.upload(this.#waiting(file, bytes), showShare, this.#closed.signal)
      await this.#deps.store.drop(id)
      this.#change(id, { state: { is: 'sent', attachment } })
      this.#deps.sent()
      return true
    } catch (thrown) {
      const refusal = asRefusal(thrown)
      const mayPass = passing.has(refusal.code)
      this.#change(id, { state: mayPass ? { is: 'waiting' } : { is: 'refused', reason: refusal.message } })
      return !mayPass
    }
  }

  #waiting({ id, name, part }: OutgoingFile, bytes: Blob): WaitingFile {
    const { accountId, documentId, now } = this.#deps
    return { id, accountId, documentId, name, bytes, chosenAt: now(), ...(part !== undefined && { part }) }
  }

  #find(id: string): OutgoingFile | undefined {
    return this.#files.find((file) => file.id === id)
  }

  #append(file: OutgoingFile): void {
    this.#set([...this.#files, file])
  }

  #change(id: string, change: Partial<OutgoingFile>): void {
    this.#set(this.#files.map((file) => (file.id === id ? { ...file, ...change } : file)))
  }

  #remove(id: string): void {
    this.#set(this.#files.filter((file) => file.id !== id))
  }

  #set(files: readonly OutgoingFile[]): void {
    this.#files = files
    this.#deps.changed(files)
  }
}

/** Refusals that another moment may not bring. */
const passing: ReadonlySet<AppError['code']> = new Set(['unavailable', 'too-many', 'unauthenticated'])

const asOutgoing = ({ id, name, part, bytes, isKept }: ListedFile): OutgoingFile => ({
  id,
  name,
  bytes,
  isKept,
  state: { is: 'waiting' },
  ...(part !== undefined && { part }),
})
