import type { Closed, Heard, HeardOf } from './peer.ts'
import { askMessage, presenceMessage, readHeard, syncMessage } from './peer.ts'
import { waitFor } from './wait-for.ts'

export interface HttpPeerOptions {
  readonly origin: string
  readonly documentId: string
  readonly cookie?: string
  /** What the browser would say; by default the server's own origin. Null sends none. */
  readonly originHeader?: string | null
  /** What a browser says of the page that asks. */
  readonly site?: string
  readonly query?: string
}

/** Someone who speaks the protocol over a stream and posted bodies, by hand. */
export class HttpPeer {
  readonly heard: Heard[] = []
  status = 0
  secret: string | undefined
  close: Closed | undefined
  /** The stream is over, with a goodbye or without. */
  isOver = false
  readonly #options: HttpPeerOptions
  readonly #stop = new AbortController()

  constructor(options: HttpPeerOptions) {
    this.#options = options
    void this.#listen()
  }

  static async open(options: HttpPeerOptions): Promise<HttpPeer> {
    const peer = new HttpPeer(options)
    await waitFor(() => peer.secret !== undefined || peer.isOver, { what: 'the stream to open' })
    return peer
  }

  get #headers(): Record<string, string> {
    const { origin, originHeader = origin, site, cookie } = this.#options
    return {
      ...(originHeader !== null && { origin: originHeader }),
      ...(site !== undefined && { 'sec-fetch-site': site }),
      ...(cookie !== undefined && { cookie }),
    }
  }

  get address(): string {
    return `${this.#options.origin}/sync/${this.#options.documentId}/stream`
  }

  async #listen(): Promise<void> {
    try {
      const answer = await fetch(`${this.address}${this.#options.query ?? ''}`, {
        headers: this.#headers,
        signal: this.#stop.signal,
      })
      this.status = answer.status
      let text = ''
      for await (const piece of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text += piece
        const events = text.split('\n\n')
        text = events.pop() ?? ''
        if (answer.ok) for (const event of events) this.#take(event)
      }
    } catch {
      // Ended from here, or with the server.
    }
    this.isOver = true
  }

  #take(event: string): void {
    const name = /^event: (.*)$/m.exec(event)?.[1] ?? 'message'
    const data = /^data: (.*)$/m.exec(event)?.[1]
    if (data === undefined) return
    if (name === 'wire') this.secret = (JSON.parse(data) as { secret: string }).secret
    else if (name === 'close') this.close = JSON.parse(data) as Closed
    else this.heard.push(readHeard(new Uint8Array(Buffer.from(data, 'base64'))))
  }

  /** Posts frames; resolves with the status once they are answered. */
  async post(...frames: readonly Uint8Array[]): Promise<number> {
    const body = Buffer.concat(
      frames.flatMap((frame) => {
        const length = Buffer.alloc(4)
        length.writeUInt32BE(frame.byteLength)
        return [length, frame]
      }),
    )
    return this.postBody(body)
  }

  async postBody(body: Uint8Array, headers: Record<string, string> = {}): Promise<number> {
    const answer = await fetch(`${this.address}/${this.secret}`, {
      method: 'POST',
      headers: { ...this.#headers, ...headers },
      body: Buffer.from(body),
    })
    await answer.arrayBuffer()
    return answer.status
  }

  sendUpdate = (update: Uint8Array): Promise<number> => this.post(syncMessage(2, update))
  sendStepOne = (): Promise<number> => this.post(syncMessage(0, new Uint8Array([0])))
  ask = (counter: number): Promise<number> => this.post(askMessage(counter))
  sendPresence = (clientId: number, clock: number, state: unknown): Promise<number> =>
    this.post(presenceMessage([{ clientId, clock, state }]))

  hasHeard<K extends Heard['kind']>(kind: K): HeardOf<K>[] {
    return this.heard.filter((one): one is HeardOf<K> => one.kind === kind)
  }

  destroy(): void {
    this.#stop.abort()
  }
}
