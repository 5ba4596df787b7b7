import { newId } from '#shared/ids.ts'
import { type CarriedEvent, carrierSecret, ride } from './carrier.ts'

/**
 * A socket over HTTP, for networks that block WebSockets: what comes is on the browser's stream of events, what goes is posted, in
 * the form that `server/sync/http-wire.ts` tells. To whoever holds it, it is a WebSocket; only what the provider uses of one is here.
 */
export class HttpSocket {
  readonly CONNECTING = 0
  readonly OPEN = 1
  readonly CLOSING = 2
  readonly CLOSED = 3
  binaryType = 'arraybuffer'
  readyState = 0
  onopen: ((event: Event) => void) | null = null
  onmessage: ((event: { readonly data: ArrayBuffer }) => void) | null = null
  onerror: ((event: Event) => void) | null = null
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null = null

  readonly #url: URL
  readonly #name = newId()
  readonly #leave: () => void
  /** A page that goes has no other way to say so: the stream may be another tab's. */
  readonly #onHide = () => this.close()
  #wire = ''
  #early: CarriedEvent[] = []
  #waiting: Uint8Array[] = []
  #isPosting = false
  #lastPost = 0

  constructor(url: string | URL) {
    this.#url = new URL(url)
    this.#url.protocol = this.#url.protocol.replace('ws', 'http')
    this.#url.pathname += '/stream'
    this.#leave = ride({ hear: (event) => this.#take(event), lost: () => this.#end(broken, '') })
    window.addEventListener('pagehide', this.#onHide)
    void this.#open()
  }

  /** Where no stream opens it is asked for all the same: the answer may say why. */
  async #open(): Promise<void> {
    try {
      const carrier = (await carrierSecret()) ?? ''
      if (this.readyState === this.CLOSED) return
      const body = JSON.stringify({ carrier, name: this.#name })
      const answer = await fetch(this.#url, { method: 'POST', body })
      if (!answer.ok) this.#end(broken, '')
      else this.#opened((await answer.json()) as Opened)
    } catch {
      this.#end(broken, '')
    }
  }

  #opened(answer: Opened): void {
    if ('code' in answer) this.#end(answer.code, answer.reason)
    else if (this.readyState === this.CLOSED) void this.#sayGoodbye(answer.secret)
    else {
      this.#wire = answer.secret
      this.readyState = this.OPEN
      this.onopen?.(new Event('open'))
      for (const event of this.#early.splice(0)) this.#take(event)
    }
  }

  send(frame: Uint8Array | ArrayBuffer): void {
    if (this.readyState !== this.OPEN) return
    // Copied: whoever sent it may go on with the same bytes.
    this.#waiting.push(new Uint8Array(frame.slice(0)))
    void this.#postAll()
  }

  close(): void {
    if (this.readyState === this.OPEN) void this.#sayGoodbye(this.#wire)
    this.#end(1000, '')
  }

  /** Sent also while the page goes. */
  async #sayGoodbye(wire: string): Promise<void> {
    try {
      await fetch(wireAddress(this.#url, wire), { method: 'DELETE', keepalive: true })
    } catch {
      // The server notices by itself, later.
    }
  }

  #take(event: CarriedEvent): void {
    if (event.name !== this.#name) return
    // What comes on the stream may be here before the answer that says that it is open.
    if (this.readyState === this.CONNECTING) this.#early.push(event)
    else if (event.event === 'ping') this.#answerPing()
    else if (event.event === 'close') this.#told(event.data)
    else this.onmessage?.({ data: bytesOf(event.data) })
  }

  #told(data: string): void {
    const { code, reason } = JSON.parse(data) as { code: number; reason: string }
    this.#end(code, reason)
  }

  /** Whatever is posted is a sign of life; an empty body where nothing was for a while. */
  #answerPing(): void {
    if (!this.#isPosting && performance.now() - this.#lastPost > signOfLife) void this.#post([])
  }

  /** One body at a time, so that they arrive in order; what is sent meanwhile goes together. */
  async #postAll(): Promise<void> {
    if (this.#isPosting) return
    this.#isPosting = true
    // What belongs to the same moment goes in one body.
    await Promise.resolve()
    while (this.#waiting.length > 0 && this.readyState === this.OPEN) {
      const frames = this.#waiting
      this.#waiting = []
      await this.#post(frames)
    }
    this.#isPosting = false
  }

  async #post(frames: readonly Uint8Array[]): Promise<void> {
    if (this.readyState !== this.OPEN) return
    this.#lastPost = performance.now()
    try {
      const { ok } = await fetch(wireAddress(this.#url, this.#wire), { method: 'POST', body: bodyOf(frames) })
      if (!ok) this.#end(broken, '')
    } catch {
      this.#end(broken, '')
    }
  }

  #end(code: number, reason: string): void {
    if (this.readyState === this.CLOSED) return
    this.readyState = this.CLOSED
    this.#leave()
    window.removeEventListener('pagehide', this.#onHide)
    // Never in the step that asked for it: a socket does not either.
    queueMicrotask(() => this.onclose?.({ code, reason }))
  }
}

/** As a socket says that it broke. */
const broken = 1006
/** The server takes longer silence for a lost connection. */
const signOfLife = 15_000

type Opened = { readonly secret: string } | { readonly code: number; readonly reason: string }

const wireAddress = (url: URL, wire: string): URL => new URL(`${url.pathname}/${wire}`, url)

function bytesOf(base64: string): ArrayBuffer {
  const letters = atob(base64)
  const bytes = new Uint8Array(letters.length)
  for (let index = 0; index < letters.length; index++) bytes[index] = letters.charCodeAt(index)
  return bytes.buffer
}

/** Each frame with its length before it, in four bytes. */
function bodyOf(frames: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(frames.reduce((sum, { byteLength }) => sum + 4 + byteLength, 0))
  let at = 0
  for (const frame of frames) {
    new DataView(body.buffer).setUint32(at, frame.byteLength)
    body.set(frame, at + 4)
    at += 4 + frame.byteLength
  }
  return body
}
