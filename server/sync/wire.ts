/**
 * What carries frames between a connection and its client: a WebSocket (of the package ws, whose names these are), or where
 * networks block those, a stream of events and posted bodies.
 */
export interface Wire {
  /** Bytes that were sent and that the network has not taken yet. */
  readonly bufferedAmount: number
  send(frame: Uint8Array, options: { readonly binary: true; readonly compress: false }): void
  /** Leaves what comes where it is. */
  pause(): void
  resume(): void
  /** Asks for a sign of life, which comes as `pong`. */
  ping(): void
  close(code: number, reason: string): void
  /** Without a goodbye. */
  terminate(): void
  on(event: 'error' | 'pong' | 'close', listener: () => void): unknown
  on(event: 'message', listener: (data: Buffer, isBinary: boolean) => void): unknown
  once(event: 'close', listener: () => void): unknown
}
