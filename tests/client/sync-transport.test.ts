import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HttpSocket } from '../../client/sync/http-socket.ts'
import { createTransport, type Transport } from '../../client/sync/transport.ts'

/** A socket that does what a test says. */
class TestSocket {
  static made: TestSocket[] = []
  onopen: (() => void) | null = null
  isClosed = false
  constructor() {
    TestSocket.made.push(this)
  }
  close(): void {
    this.isClosed = true
  }
}

let transport: Transport
const indirect = vi.fn()
const socketsOpen = vi.fn()
const giveUp = vi.fn()

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', class {})
  TestSocket.made = []
  transport = createTransport({
    Socket: TestSocket as unknown as typeof WebSocket,
    random: () => 0,
    url: () => 'ws://here/sync/x',
    indirect,
    socketsOpen,
    giveUp,
  })
})
afterEach(() => {
  transport.close()
  vi.clearAllMocks()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const isHttp = (): boolean => (transport.next() as unknown) === HttpSocket

/** Attempts that never open. */
function fail(times: number): void {
  for (let left = times; left > 0; left--) {
    transport.next()
    transport.closed()
  }
}

describe('the sort of socket', () => {
  it('is a WebSocket, also after one that did not open, and after any number that broke later', () => {
    fail(1)
    expect(isHttp()).toBe(false)
    for (let left = 5; left > 0; left--) {
      transport.opened()
      transport.closed()
      expect(isHttp()).toBe(false)
    }
  })

  it('is HTTP after two that never opened, which the page hears of once it is open', () => {
    fail(2)
    expect(transport.isChanging()).toBe(true)
    expect(isHttp()).toBe(true)
    expect(indirect).not.toHaveBeenCalled()
    transport.opened()
    expect(indirect).toHaveBeenLastCalledWith(true)
    transport.closed()
    expect(isHttp()).toBe(true)
  })

  it('stays a WebSocket for longer after a server said that it restarts', () => {
    transport.next()
    transport.opened()
    transport.closed(1012)
    fail(5)
    expect(isHttp()).toBe(false)
    transport.closed()
    expect(isHttp()).toBe(true)
  })

  it('is a WebSocket again where HTTP does not open either', () => {
    fail(3)
    expect(transport.isChanging()).toBe(false)
    expect(isHttp()).toBe(false)
  })

  it('stays a WebSocket where a browser knows no event streams', () => {
    vi.unstubAllGlobals()
    fail(5)
    expect(isHttp()).toBe(false)
  })
})

describe('what was begun', () => {
  it('is given up when it says nothing for long', () => {
    transport.next()
    vi.advanceTimersByTime(11_000)
    expect(giveUp).not.toHaveBeenCalled()
    vi.advanceTimersByTime(2_000)
    expect(giveUp).toHaveBeenCalledOnce()
  })

  it('is not given up once it is open, or over', () => {
    transport.next()
    transport.opened()
    vi.advanceTimersByTime(60_000)
    transport.closed()
    fail(1)
    vi.advanceTimersByTime(60_000)
    expect(giveUp).not.toHaveBeenCalled()
  })
})

describe('while HTTP carries it', () => {
  beforeEach(() => {
    fail(2)
    transport.next()
    transport.opened()
  })

  it('a WebSocket is tried from time to time, and taken once one opens', () => {
    vi.advanceTimersByTime(6 * 60_000)
    expect(TestSocket.made).toHaveLength(2)
    expect(socketsOpen).not.toHaveBeenCalled()
    const trial = TestSocket.made[1]
    trial?.onopen?.()
    expect(trial?.isClosed).toBe(true)
    expect(socketsOpen).toHaveBeenCalledOnce()
    transport.closed()
    expect(isHttp()).toBe(false)
    transport.opened()
    expect(indirect).toHaveBeenLastCalledWith(false)
  })

  it('nothing is tried any more when the document is closed', () => {
    transport.closed()
    transport.close()
    vi.advanceTimersByTime(60 * 60_000)
    expect(TestSocket.made).toEqual([])
  })
})
