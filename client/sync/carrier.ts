/**
 * The one stream of events on which this browser hears what its wires over HTTP bring (`server/sync/http-wire.ts`): browsers open
 * six connections to a server and no more. Whichever tab has the lock reads the stream and passes on what comes, and when that
 * tab closes, the lock goes to the next, which opens another stream. Only pages with a secure address have locks; elsewhere
 * each tab reads its own.
 */

/** What comes for one wire. */
export interface CarriedEvent {
  readonly event: 'frame' | 'ping' | 'close'
  /** The name that the wire was given. */
  readonly name: string
  readonly data: string
}

/** Someone in this tab whose wire is on the stream. */
export interface Rider {
  hear(event: CarriedEvent): void
  /** The stream is another one now, or none. */
  lost(): void
}

type Word =
  | { readonly type: 'which' }
  | { readonly type: 'this'; readonly secret: string }
  | { readonly type: 'none' }
  | { readonly type: 'event'; readonly event: CarriedEvent }

const lockName = 'throughline.carrier'
/** A tab that was closed, or one that sleeps, answers nothing; in milliseconds. */
const patience = 10_000

const riders = new Set<Rider>()
let membership: { ask(): void; leave(): void } | undefined
/** The stream's secret, as far as this tab knows it. */
let current: string | undefined
let waiting: ((secret: string | undefined) => void)[] = []

/** Joins, and hears what comes until the answer is called. */
export function ride(rider: Rider): () => void {
  riders.add(rider)
  membership ??= join()
  return () => {
    if (!riders.delete(rider) || riders.size > 0) return
    membership?.leave()
    membership = undefined
    told(undefined)
  }
}

/** The secret of the stream; undefined where none opens. To be asked for by riders only. */
export function carrierSecret(): Promise<string | undefined> {
  if (current !== undefined) return Promise.resolve(current)
  return new Promise((resolve) => {
    const timeUp = setTimeout(() => answer(undefined), patience)
    const answer = (secret: string | undefined) => {
      clearTimeout(timeUp)
      waiting = waiting.filter((other) => other !== answer)
      resolve(secret)
    }
    waiting.push(answer)
    membership?.ask()
  })
}

/** Which stream it is from now on. */
function told(secret: string | undefined): void {
  const before = current
  current = secret
  for (const answer of [...waiting]) answer(secret)
  if (before === undefined || before === secret) return
  for (const rider of [...riders]) rider.lost()
}

const heard = (event: CarriedEvent): void => {
  for (const rider of [...riders]) rider.hear(event)
}

function join(): { ask(): void; leave(): void } {
  if (!('locks' in navigator)) return openStream({ opened: told, ended: () => told(undefined), heard })
  const channel = new BroadcastChannel(lockName)
  const leaving = new AbortController()
  let stream: ReturnType<typeof openStream> | undefined
  const say = (word: Word) => channel.postMessage(word)
  channel.addEventListener('message', ({ data: word }: MessageEvent<Word>) => {
    if (word.type === 'which') stream?.ask()
    if (word.type === 'this') told(word.secret)
    if (word.type === 'none') told(undefined)
    if (word.type === 'event') heard(word.event)
  })

  /** The other tabs first: what this one hears may be the end of its last wire, and it leaves. */
  function lead(): void {
    stream = openStream({
      opened(secret) {
        say({ type: 'this', secret })
        told(secret)
      },
      ended() {
        say({ type: 'none' })
        told(undefined)
      },
      heard(event) {
        say({ type: 'event', event })
        heard(event)
      },
    })
    stream.ask()
  }

  void navigator.locks
    .request(lockName, { signal: leaving.signal }, () => {
      lead()
      return new Promise<void>((resolve) => leaving.signal.addEventListener('abort', () => resolve()))
    })
    .catch(() => {
      // Left while another tab still held the lock.
    })
  return {
    ask: () => (stream === undefined ? say({ type: 'which' }) : stream.ask()),
    leave() {
      stream?.leave()
      leaving.abort()
      channel.close()
    },
  }
}

interface StreamEvents {
  opened(secret: string): void
  ended(): void
  heard(event: CarriedEvent): void
}

/** Reads a stream while somebody asks for one. */
function openStream(events: StreamEvents): { ask(): void; leave(): void } {
  let source: EventSource | undefined
  let secret: string | undefined

  function end(): void {
    if (source === undefined) return
    source.close()
    source = undefined
    secret = undefined
    events.ended()
  }

  function open(): void {
    source = new EventSource('/sync/stream')
    source.addEventListener('carrier', ({ data }) => {
      secret = (JSON.parse(data) as { secret: string }).secret
      events.opened(secret)
    })
    for (const event of ['frame', 'ping', 'close'] as const) {
      source.addEventListener(event, ({ data }: MessageEvent<string>) => {
        const [name = ''] = data.split(' ', 1)
        events.heard({ event, name, data: data.slice(name.length + 1) })
      })
    }
    // By itself it would come back as another one, on which nobody's wire is.
    source.addEventListener('error', end)
  }

  return {
    ask: () => (secret !== undefined ? events.opened(secret) : source === undefined && open()),
    leave: end,
  }
}
