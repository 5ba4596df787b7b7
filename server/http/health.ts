import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Hono } from 'hono'
import { Gauge, Registry } from 'prom-client'
import { AppError } from '#shared/errors.ts'
import type { Database } from '../db/database.ts'
import { type ClientAddress, isFromThisComputer } from './client-address.ts'

interface HealthDeps {
  readonly db: Database
  readonly clientAddress: ClientAddress
  readonly trustedProxies: number
  readonly metricsToken: string | undefined
  /** What the live engine counts, by name. */
  readonly gauges: Readonly<Record<string, () => number>>
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
  const commitTime = (share: number) => {
    const times = [...db.commitTimes()].sort((a, b) => a - b)
    return (times[Math.ceil(times.length * share) - 1] ?? 0) / 1000
  }
  gauge('memory_bytes', 'Resident memory of the process', () => process.memoryUsage.rss())
  gauge('heap_bytes', 'Heap in use', () => process.memoryUsage().heapUsed)
  gauge('cpu_seconds', 'Processor time since the start', () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6
  })
  gauge('uptime_seconds', 'Time since the start of the process', () => process.uptime())
  gauge('event_loop_delay_seconds', 'How late timers run, 99th percentile', eventLoopDelay)
  gauge('commit_seconds_median', 'Time of the last commits, median', () => commitTime(0.5))
  gauge('commit_seconds_p99', 'Time of the last commits, 99th percentile', () => commitTime(0.99))
  for (const [name, value] of Object.entries(gauges)) gauge(snakeCase(name), `Live engine: ${name}`, value)
  return registry
}

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
