import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { type Logger, pino } from 'pino'
import { createAccounts } from './accounts/accounts.ts'
import { createSignInLimits } from './accounts/sign-in-limits.ts'
import { hasAccounts } from './accounts/store.ts'
import { createApp } from './app.ts'
import { createStorage } from './attachments/storage.ts'
import { sweepAttachments } from './attachments/storing.ts'
import { makeBackup } from './backup/making.ts'
import { finishRestoring } from './backup/restoring.ts'
import { noteBackup } from './backup/taken.ts'
import { type ControlCommands, openControl } from './cli/control.ts'
import { serverCommands } from './cli/server-commands.ts'
import type { Config } from './config.ts'
import type { Database } from './db/database.ts'
import { lockDataDir } from './db/lock.ts'
import { databaseFile, openDatabase } from './db/open.ts'
import { createDocumentGuard } from './documents/guard.ts'
import type { Commit, ReadLive } from './documents/live.ts'
import { findDocument } from './documents/store.ts'
import { createFeed } from './feed.ts'
import { createPast } from './history/past.ts'
import { clientAddress, isLoopback } from './http/client-address.ts'
import { createHealth } from './http/health.ts'
import { type Listening, listen } from './http/listen.ts'
import { createOrigins } from './http/origins.ts'
import { inProject, programVersion } from './http/project.ts'
import { findOwnTemplate } from './network-templates.ts'
import { createAccess } from './networks/access.ts'
import { roleShown } from './networks/people.ts'
import { coordinatesAllOf, listNetworksOf } from './networks/store.ts'
import { createMail } from './notifications/mail.ts'
import { createProjections } from './projections.ts'
import type { DemoSettings } from './start-info.ts'
import { createSync } from './sync/sync.ts'
import { readTemplates } from './templates.ts'
import { verifyFile } from './verification/verifying.ts'

export interface StartOptions {
  readonly config: Config
  /** The product's clock; the real one unless this is the demo. */
  readonly now?: () => number
  readonly log?: Logger
  readonly demo?: DemoSettings
  /** The built pages; those of the project unless a test brings its own. */
  readonly pagesFolder?: string
}

export interface RunningServer {
  /** The address to print and open. */
  readonly origin: string
  readonly port: number
  readonly db: Database
  /** Reads and edits live documents from within this process: the sample acts through it. */
  readonly live: { readonly readLive: ReadLive; readonly commit: Commit }
  /** What the command line can ask of it. */
  readonly commands: ControlCommands
  /** What whoever started the server should read, in sentences. */
  readonly notices: readonly string[]
  close(): Promise<void>
}

/** Builds the whole server and listens. What was built before a failure is closed again, newest first. */
export async function start(options: StartOptions): Promise<RunningServer> {
  const closers: Closer[] = []
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= closeAll(closers)
    return closing
  }
  try {
    return { ...(await build(options, (closer) => closers.push(closer))), close }
  } catch (failure) {
    // Why it could not start says more than what then could not be closed.
    await close().catch(() => {})
    throw failure
  }
}

type Closer = () => Promise<void> | void

/** All of them, also where one fails: a folder must not stay locked because a mail server hung. */
async function closeAll(closers: readonly Closer[]): Promise<void> {
  const failures: unknown[] = []
  for (const closer of [...closers].reverse()) {
    try {
      await closer()
    } catch (failure) {
      failures.push(failure)
    }
  }
  if (failures.length > 0) throw failures[0]
}

async function build(
  options: StartOptions,
  onClose: (closer: Closer) => void,
): Promise<Omit<RunningServer, 'close'>> {
  const { config, demo, now = Date.now, pagesFolder = inProject('dist', 'client') } = options
  const log = options.log ?? pino({ level: config.logLevel })

  const lock = await lockDataDir(config.dataDir)
  onClose(() => lock.release())
  await finishRestoring(config.dataDir)
  const { databaseUrl: url, databaseAuthToken: authToken } = config
  const db = await openDatabase({ url, log, ...(authToken !== undefined && { authToken }) })
  onClose(() => db.close())

  const access = createAccess({ db })
  const guard = createDocumentGuard({ db, access })
  const addressOf = clientAddress(config.trustedProxies)
  const projections = createProjections({ db, log, projected: (id) => feed.announce(id, 'changed') })
  onClose(() => projections.close())
  // What is called only once someone connects may stand further down: origins depend on the port, the port is taken with
  // the engine's sockets.
  const sync = createSync({
    db,
    log,
    now,
    limits: config.limits,
    clientAddress: addressOf,
    isAllowedOrigin: (origin) => origins.isAllowed(origin),
    foreignOrigin: (origin) => origins.refusal(origin),
    authenticate: (headers) => accounts.authenticate(headers, { isUse: false }),
    findDocument: (id) => findDocument(db, id),
    levelOf: async (accountId, id) => (await guard.find(accountId, id))?.level,
    roleOf: async (networkId, accountId) => roleShown(await access.viewerIn(networkId, accountId)),
    afterQuiet: projections.project,
    mostRemoved: (id) => feed.announce(id, 'deletion'),
  })
  let http: Listening | undefined
  onClose(() => http?.close())
  onClose(() => sync.close())
  http = await listen({ host: config.host, port: config.port, log, webSockets: sync.webSocketServer })
  const origins = createOrigins({ publicUrl: config.publicUrl, port: http.port })
  const accounts = createAccounts({ db, origins })
  const feed = createFeed({ accounts, db, access, guard })
  onClose(() => feed.close())

  const setupCode = isExposed(config) && !(await hasAccounts(db)) ? newSetupCode() : undefined
  const mail = createMail({ settings: config.mail, log })
  onClose(() => mail.close())
  let isOpen = true
  const health = createHealth({
    db,
    clientAddress: addressOf,
    trustedProxies: config.trustedProxies,
    metricsToken: config.metricsToken,
    gauges: sync.gauges,
    isOpen: () => isOpen,
  })
  onClose(() => health.close())

  const attachmentStorage = createStorage({ folder: join(config.dataDir, 'uploads'), log })
  await sweepAttachments({ db, storage: attachmentStorage, log, now })

  const app = createApp({
    log,
    db,
    now,
    demo,
    origins,
    pagesFolder,
    setupCode,
    accounts,
    access,
    guard,
    feed,
    health,
    mail,
    attachmentStorage,
    limits: createSignInLimits(),
    clientAddress: addressOf,
    templates: readTemplates(inProject('templates')),
    ownTemplate: (networkId, kind, id) => findOwnTemplate(db, networkId, kind, id),
    networksOf: (accountId) => listNetworksOf(db, accountId),
    mayReset: (coordinatorId, accountId) => coordinatesAllOf(db, coordinatorId, accountId),
    sessionEnded(sessionId) {
      sync.sessionEnded(sessionId)
      feed.sessionEnded(sessionId)
    },
    accessChanged(change) {
      if (!('documentId' in change)) access.changed(change)
      sync.accessChanged(change)
      feed.accessChanged(change)
    },
    past: createPast({ db, log }),
    readLive: sync.readLive,
    commit: sync.commit,
    presentIn: sync.presentIn,
    beginAnew: sync.beginAnew,
    dataDir: config.dataDir,
    syncRoutes: sync.routes,
    project: projections.project,
    projectAgain: (documentIds) => projections.projectAgain(documentIds, sync.readLive),
    announce: feed.announce,
  })

  const commands = serverCommands({
    db,
    passwords: accounts.passwords,
    now,
    origin: origins.main,
    reindex: () => projections.reindex(sync.readLive),
    async backup(file) {
      const at = now()
      const deps = {
        dataDir: config.dataDir,
        databasePath: databaseFile(url),
        program: programVersion(),
        now,
      }
      const made = await makeBackup(deps, file)
      await noteBackup(config.dataDir, { ...made, at })
      return made
    },
    verify: () => verifyFile(databaseFile(url)),
  })
  const control = await openControl(config.dataDir, commands, log)
  onClose(() => control.close())

  http.serve(app)
  // W2: the port stays open until all are gone, so that whoever asks hears that this server is not ready any more, and posts
  // of what was typed still arrive.
  onClose(async () => {
    isOpen = false
    await Promise.all([sync.close(), feed.close()])
    http?.stopAccepting()
  })
  await projections.catchUp(sync.readLive)
  return {
    origin: origins.main,
    port: http.port,
    db,
    live: { readLive: sync.readLive, commit: sync.commit },
    commands,
    notices: noticesOf(config, setupCode, http.port),
  }
}

const isExposed = ({ publicUrl, host }: Config): boolean => publicUrl === undefined && !isLoopback(host)

function noticesOf(config: Config, setupCode: string | undefined, port: number): readonly string[] {
  if (!isExposed(config)) return []
  return [
    `Other computers can reach this server, but pages open on this one alone: set PUBLIC_URL to the address that people open, e.g. PUBLIC_URL=https://learn.example.org or http://192.0.2.7:${port}.`,
    ...(setupCode === undefined ? [] : [`To set it up, the first page asks for this code: ${setupCode}`]),
  ]
}

// Without letters and digits that look alike.
const codeCharacters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

const newSetupCode = (): string =>
  Array.from({ length: 8 }, () => codeCharacters[randomInt(codeCharacters.length)]).join('')
