import { randomUUID } from 'node:crypto'
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
  readonly name = randomUUID()
  status = 0
  /** Of the stream, and of the wire on it. */
  carrier: string | undefined
  secret: string | undefined
  isAnswered = false
  /** What comes for another wire on the same stream. */
  onOther: (wire: string, event: string) => void = () => {}
  close: Closed | undefined
  /** The stream is over, with a goodbye or without. */
  isOver = false
  readonly #options: HttpPeerOptions
  readonly #stop = new AbortController()
  #isReading: Promise<void> | undefined

  constructor(options: HttpPeerOptions) {
    this.#options = options
    void this.#listen()
  }

  static async open(options: HttpPeerOptions): Promise<HttpPeer> {
    const peer = new HttpPeer(options)
    await waitFor(() => peer.isAnswered || peer.isOver, { what: 'the stream to open' })
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
      const answer = await fetch(`${this.#options.origin}/sync/stream`, {
        headers: this.#headers,
        signal: this.#stop.signal,
      })
      this.status = answer.status
      // Where no stream opens it asks all the same, as our client does: the answer may say why.
      if (!answer.ok) await this.#open('')
      let text = ''
      for await (const piece of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        while (this.#isReading) await this.#isReading
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
    const name = /^event: (.*)$/m.exec(event)?.[1]
    const data = /^data: (.*)$/m.exec(event)?.[1] ?? ''
    if (name === 'carrier') {
      this.carrier = (JSON.parse(data) as { secret: string }).secret
      void this.#open(this.carrier)
      return
    }
    const [wire = ''] = data.split(' ', 1)
    const said = data.slice(wire.length + 1)
    if (wire !== this.name) {
      this.onOther(wire, name ?? '')
      return
    }
    if (name === 'close') this.close = JSON.parse(said) as Closed
    if (name === 'frame') this.heard.push(readHeard(new Uint8Array(Buffer.from(said, 'base64'))))
  }

  /** Puts a wire on the stream. */
  async #open(carrier: string): Promise<void> {
    const answer = await this.openWire({ carrier, name: this.name })
    this.status = answer.status
    const said = (await answer.json()) as Partial<Closed & { secret: string }>
    this.secret = said.secret
    if (said.code !== undefined) this.close = { code: said.code, reason: said.reason ?? '' }
    this.isAnswered = true
  }

  openWire(json: unknown): Promise<Response> {
    return fetch(`${this.address}${this.#options.query ?? ''}`, {
      method: 'POST',
      headers: this.#headers,
      body: JSON.stringify(json),
    })
  }

  /** Hears nothing, until the answer is called: as on a network that takes nothing more. */
  holdReading(): () => void {
    let go = () => {}
    this.#isReading = new Promise((resolve) => {
      go = () => {
        this.#isReading = undefined
        resolve()
      }
    })
    return go
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
