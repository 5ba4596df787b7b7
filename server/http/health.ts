import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Hono } from 'hono'
import { Gauge, Registry } from 'prom-client'
import { AppError } from '#shared/errors.ts'
import type { Database } from '../db/database.ts'
import { type ClientAddress, isFromThisComputer } from './client-address.ts'

/** Figures of the live engine, as `SyncGauges` has them. */
interface EngineGauges {
  rooms(): number
  connections(): number
  memory(): number
  waitingEdits(): number
  failingRooms(): number
  damagedRows(): number
  receivedBytes(): number
  sentBytes(): number
  /** Milliseconds. */
  ticks(): readonly number[]
  refused(): ReadonlyMap<string, number>
}

interface HealthDeps {
  readonly db: Database
  readonly clientAddress: ClientAddress
  readonly trustedProxies: number
  readonly metricsToken: string | undefined
  /** What the live engine counts. */
  readonly gauges: EngineGauges
  /** False while the server is stopping. */
  readonly isOpen: () => boolean
}

/** Whether the server lives, whether it can do its work, and figures about it. */
export function createHealth(deps: HealthDeps) {
  const { db, isOpen, metricsToken, clientAddress, trustedProxies } = deps
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  const metrics = createMetrics(deps, () => delay.percentile(99) / 1e9)
  const ready = onceAtATime(() => writeAndRead(db))

  const routes = new Hono()
    .get('/healthz', (c) => c.json({ status: 'alive' }))

    .get('/readyz', async (c) => {
      if (!isOpen()) throw new AppError('unavailable', 'The server is stopping.')
      await ready()
      return c.json({ status: 'ready' })
    })

    .get('/metrics', async (c) => {
      const isAllowed =
        isFromThisComputer(c, clientAddress, trustedProxies) ||
        (metricsToken !== undefined && c.req.header('authorization') === `Bearer ${metricsToken}`)
      if (!isAllowed)
        throw new AppError('forbidden', 'Metrics are for this computer, or for a bearer of METRICS_TOKEN.')
      return c.body(await metrics.metrics(), 200, { 'Content-Type': metrics.contentType })
    })

  return {
    routes,
    close() {
      delay.disable()
    },
  }
}

/** A row that is there only inside of its own transaction: the disk has to take it all the same. */
async function writeAndRead(db: Database): Promise<void> {
  await db.write([
    {
      sql: `INSERT INTO audit (id, action, subject, detail, created_at)
            VALUES ('readiness', 'readiness', '', '{}', 0)`,
    },
    { sql: `DELETE FROM audit WHERE id = 'readiness'`, expect: 1 },
  ])
  await db.read('SELECT count(*) FROM network')
}

/** Anyone may ask, so asking often must not mean writing often. */
function onceAtATime(check: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= check().finally(() => setTimeout(() => (running = undefined), 1000).unref())
    return running
  }
}

function createMetrics({ db, gauges }: HealthDeps, eventLoopDelay: () => number): Registry {
  const registry = new Registry()
  const gauge = (name: string, help: string, value: () => number) => {
    new Gauge({
      name: `throughline_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(value())
      },
    })
  }
  gauge('memory_bytes', 'Resident memory of the process', () => process.memoryUsage.rss())
  gauge('heap_bytes', 'Heap in use', () => process.memoryUsage().heapUsed)
  gauge('cpu_seconds', 'Processor time since the start', () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6
  })
  gauge('uptime_seconds', 'Time since the start of the process', () => process.uptime())
  gauge('event_loop_delay_seconds', 'How late timers run, 99th percentile', eventLoopDelay)
  gauge('commit_seconds_median', 'Time of the last commits, median', () => percentile(db.commitTimes(), 0.5))
  gauge('commit_seconds_p99', 'Time of the last commits, 99th percentile', () =>
    percentile(db.commitTimes(), 0.99),
  )
  gauge('tick_seconds_median', 'From an edit to its broadcast, median', () => percentile(gauges.ticks(), 0.5))
  gauge('tick_seconds_p99', 'From an edit to its broadcast, 99th percentile', () =>
    percentile(gauges.ticks(), 0.99),
  )
  gauge('rooms', 'Documents in memory', gauges.rooms)
  gauge('connections', 'Connections of pages to documents', gauges.connections)
  gauge('room_memory_bytes', 'Estimated memory of the documents', gauges.memory)
  gauge('waiting_edits', 'Edits that are not committed yet', gauges.waitingEdits)
  gauge('failing_rooms', 'Documents that cannot be saved at the moment', gauges.failingRooms)
  gauge('damaged_rows', 'Rows of logs that were set aside as damaged since the start', gauges.damagedRows)
  gauge('received_bytes', 'Bytes of frames that came since the start', gauges.receivedBytes)
  gauge('sent_bytes', 'Bytes of frames that went out since the start', gauges.sentBytes)
  new Gauge({
    name: 'throughline_refused_frames',
    help: 'Frames that were not taken since the start, by why',
    labelNames: ['because'],
    registers: [registry],
    collect() {
      for (const [because, count] of gauges.refused()) this.set({ because }, count)
    },
  })
  return registry
}

/** Of durations in milliseconds, in seconds. */
function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return (sorted[Math.ceil(sorted.length * share) - 1] ?? 0) / 1000
}
