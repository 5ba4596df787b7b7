/**
 * A socket over HTTP, for networks that block WebSockets: what comes is a stream of events, what goes is posted, in the form
 * that `server/sync/http-wire.ts` tells. To whoever holds it, it is a WebSocket; only what the provider uses of one is here.
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
  readonly #events: EventSource
  #wire = ''
  #waiting: Uint8Array[] = []
  #isPosting = false
  #lastPost = 0

  constructor(url: string | URL) {
    this.#url = new URL(url)
    this.#url.protocol = this.#url.protocol.replace('ws', 'http')
    this.#events = new EventSource(streamAddress(this.#url))
    this.#events.addEventListener('wire', (event) => this.#opened(event))
    this.#events.addEventListener('message', ({ data }) => this.#hear(data))
    this.#events.addEventListener('ping', () => this.#answerPing())
    this.#events.addEventListener('close', ({ data }) => this.#told(data))
    // By itself it would come back as another wire, which is for whoever holds this one to decide.
    this.#events.addEventListener('error', () => this.#end(broken, ''))
  }

  send(frame: Uint8Array | ArrayBuffer): void {
    if (this.readyState !== this.OPEN) return
    // Copied: whoever sent it may go on with the same bytes.
    this.#waiting.push(new Uint8Array(frame.slice(0)))
    void this.#postAll()
  }

  close(): void {
    this.#end(1000, '')
  }

  #opened(event: MessageEvent<string>): void {
    this.#wire = (JSON.parse(event.data) as { secret: string }).secret
    this.readyState = this.OPEN
    this.onopen?.(event)
  }

  #hear(data: string): void {
    if (this.readyState === this.OPEN) this.onmessage?.({ data: bytesOf(data) })
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
      const { ok } = await fetch(postAddress(this.#url, this.#wire), { method: 'POST', body: bodyOf(frames) })
      if (!ok) this.#end(broken, '')
    } catch {
      this.#end(broken, '')
    }
  }

  #end(code: number, reason: string): void {
    if (this.readyState === this.CLOSED) return
    this.readyState = this.CLOSED
    this.#events.close()
    // Never in the step that asked for it: a socket does not either.
    queueMicrotask(() => this.onclose?.({ code, reason }))
  }
}

/** As a socket says that it broke. */
const broken = 1006
/** The server takes longer silence for a lost connection. */
const signOfLife = 15_000

function streamAddress(url: URL): URL {
  const address = new URL(url)
  address.pathname += '/stream'
  return address
}

const postAddress = (url: URL, wire: string): URL => new URL(`${url.pathname}/stream/${wire}`, url)

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
