import type { Figures } from './scenarios.ts'
import type { ServerName } from './servers.ts'

/** Medians of a scenario by server; what could not be installed or failed is absent. */
export type Medians = Partial<Record<ServerName, Figures>>

/** What is promised, as a number of ours and the most (or least) that it may be. */
interface Promised {
  readonly scenario: string
  readonly what: string
  readonly figure: string
  /** Undefined where the peer that it is measured by is missing. */
  readonly most?: (medians: Medians) => number | undefined
  readonly least?: (medians: Medians) => number | undefined
}

const of = (server: ServerName, figure: string, factor: number) => (medians: Medians) => {
  const value = medians[server]?.[figure]
  return value === undefined ? undefined : value * factor
}
const exactly = (value: number) => () => value

export const promises: readonly Promised[] = [
  cpu('A50', 'y-websocket', 1 / 4),
  cpu('A50', 'hocuspocus', 1 / 5),
  { scenario: 'A50', what: 'p50, ms', figure: 'p50', most: exactly(15) },
  cpu('A100', 'y-websocket', 1 / 8),
  cpu('A100', 'hocuspocus', 1 / 4),
  cpu('A100', 'relay', 1 / 6),
  { scenario: 'A100', what: 'delivered', figure: 'delivered', least: of('ours', 'expected', 1) },
  { scenario: 'A100', what: 'p95, ms', figure: 'p95', most: exactly(50) },
  { scenario: 'A100', what: 'p99, ms', figure: 'p99', most: exactly(100) },
  deliveries('y-websocket', 25),
  deliveries('hocuspocus', 4),
  { scenario: 'A200', what: 'p95, ms', figure: 'p95', most: exactly(60) },
  {
    scenario: 'pair',
    what: 'p50, ms, against twice the relay and one commit',
    figure: 'p50',
    most: ({ relay, ours }) =>
      relay?.p50 === undefined || ours?.commit === undefined ? undefined : 2 * relay.p50 + ours.commit,
  },
  cpu('B', 'y-leveldb', 1 / 3),
  cpu('B', 'hocuspocus', 1 / 1.8),
  cpu('B', 'y-websocket', 1),
  { scenario: 'B', what: 'p50, ms', figure: 'p50', most: exactly(8) },
  { scenario: 'B', what: 'p99, ms', figure: 'p99', most: exactly(20) },
  { scenario: 'C', what: 'bytes a connection', figure: 'bytesPerConnection', most: exactly(16 * 1024) },
  { scenario: 'C', what: 'CPU in 10 s, silent, s', figure: 'cpuSilent', most: exactly(0.05) },
  { scenario: 'C', what: 'CPU in 10 s, presence renewed, s', figure: 'cpuRenewing', most: exactly(0.15) },
  against('D', 'CPU of the first opening, s', 'cpuFirst', 'hocuspocus', 1 / 1.5),
  against('D', 'CPU of the first opening, s', 'cpuFirst', 'y-leveldb', 1 / 5),
  {
    scenario: 'D',
    what: 'bytes of the first opening, against the compacted document',
    figure: 'bytesFirst',
    // What a frame and a greeting add.
    most: ({ ours }) => (ours?.bytesCompact === undefined ? undefined : ours.bytesCompact + 200),
  },
  against('D', 'CPU of 40 openings at once, s', 'cpuForty', 'hocuspocus', 1 / 8),
  against('D', 'CPU of 40 openings at once, s', 'cpuForty', 'y-leveldb', 1 / 8),
  against('E', 'until all are in sync, ms', 'milliseconds', 'hocuspocus', 1),
  against('E', 'CPU, s', 'cpu', 'hocuspocus', 0.85),
  against('E', 'bytes each', 'bytes', 'hocuspocus', 1 / 5),
  { scenario: 'F', what: 'letters lost that another had received', figure: 'lost', most: exactly(0) },
]

function cpu(scenario: string, server: ServerName, factor: number): Promised {
  return against(scenario, 'CPU, s', 'cpu', server, factor)
}

function against(
  scenario: string,
  what: string,
  figure: string,
  server: ServerName,
  factor: number,
): Promised {
  const share = factor === 1 ? 'that' : factor < 1 ? `1/${Number((1 / factor).toFixed(2))}` : `${factor} ×`
  return {
    scenario,
    what: `${what}, against ${share} of ${server}`,
    figure,
    most: of(server, figure, factor),
  }
}

function deliveries(server: ServerName, factor: number): Promised {
  return {
    scenario: 'A200',
    what: `deliveries a CPU second, against ${factor} × ${server}`,
    figure: 'perCpuSecond',
    least: of(server, 'perCpuSecond', factor),
  }
}

/** A row for each promise of a scenario: what, measured, limit, whether it holds. */
export const judge = (scenario: string, medians: Medians): readonly string[] =>
  promises
    .filter((promise) => promise.scenario === scenario)
    .map(({ what, figure, most, least }) => {
      const value = medians.ours?.[figure]
      const limit = (most ?? least)?.(medians)
      if (value === undefined || limit === undefined) return `| ${scenario} | ${what} | not measured | | |`
      const holds = most === undefined ? value >= limit : value <= limit
      const bound = `${most === undefined ? '≥' : '≤'} ${shown(limit)}`
      return `| ${scenario} | ${what} | ${shown(value)} | ${bound} | ${holds ? 'holds' : '**missed**'} |`
    })

export const shown = (value: number): string =>
  Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)))
