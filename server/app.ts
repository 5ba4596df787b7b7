import { Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { except } from 'hono/combine'
import type { Logger } from 'pino'
import { AppError } from '#shared/errors.ts'
import { type AccountRoutesDeps, accountRoutes } from './accounts/routes.ts'
import { type AttachmentDeps, attachmentRoutes, attachmentsPath } from './attachments/routes.ts'
import { type BallotDeps, ballotRoutes } from './ballots/routes.ts'
import { type DocumentDeps, documentRoutes } from './documents/routes.ts'
import { type StartingDeps, startingRoutes } from './documents/starting.ts'
import { type ErasureRoutesDeps, erasureRoutes } from './erasing/routes.ts'
import { type ExportDeps, exportRoutes } from './export/routes.ts'
import { type FactDeps, factRoutes } from './facts.ts'
import type { createFeed } from './feed.ts'
import { type HistoryDeps, historyRoutes } from './history/routes.ts'
import { answerError, answerNotFound } from './http/errors.ts'
import type { createHealth } from './http/health.ts'
import { type Origins, ownOriginOnly } from './http/origins.ts'
import { pageRoutes } from './http/pages.ts'
import { securityHeaders } from './http/security-headers.ts'
import { type NetworkTemplateDeps, networkTemplateRoutes } from './network-templates.ts'
import { type IdentifierGuardDeps, identifierGuard } from './networks/identifier-guard.ts'
import { type InvitingDeps, invitingRoutes } from './networks/inviting.ts'
import { type JoiningDeps, joiningRoutes } from './networks/joining.ts'
import { type MemberDeps, memberRoutes } from './networks/members.ts'
import { type NetworkDeps, networkRoutes } from './networks/routes.ts'
import { type ProposalDeps, proposalRoutes } from './proposals/routes.ts'
import { type SealDeps, sealRoutes } from './seals/routes.ts'
import { type SearchDeps, searchRoutes } from './search/routes.ts'
import { type StartInfoDeps, startInfoRoutes } from './start-info.ts'
import { type TransitionDeps, transitionRoutes } from './transitions/routes.ts'

export type AppDeps = StartInfoDeps &
  AccountRoutesDeps &
  JoiningDeps &
  NetworkDeps &
  IdentifierGuardDeps &
  InvitingDeps &
  MemberDeps &
  DocumentDeps &
  StartingDeps &
  NetworkTemplateDeps &
  TransitionDeps &
  SealDeps &
  ProposalDeps &
  BallotDeps &
  AttachmentDeps &
  ExportDeps &
  HistoryDeps &
  ErasureRoutesDeps &
  FactDeps &
  SearchDeps & {
    readonly log: Logger
    readonly origins: Origins
    readonly health: ReturnType<typeof createHealth>
    readonly feed: ReturnType<typeof createFeed>
    /** The WebSocket of the live engine. */
    readonly syncRoutes: Hono
    /** The built pages. */
    readonly pagesFolder: string
  }

/** All routes. Their order is that of what they stand on; what the browser may call is in the type. */
export function createApp(deps: AppDeps) {
  const { log, origins, health, feed, syncRoutes, pagesFolder } = deps
  return new Hono()
    .onError(answerError(log))
    .notFound(answerNotFound)
    .use(securityHeaders(origins))
    .use('/api/*', ownOriginOnly(origins), except(attachmentsPath, smallBodies), notStored)
    .route('/', identifierGuard(deps))
    .route('/', health.routes)
    .route('/', startInfoRoutes(deps))
    .route('/', accountRoutes(deps))
    .route('/', joiningRoutes(deps))
    .route('/', networkRoutes(deps))
    .route('/', invitingRoutes(deps))
    .route('/', memberRoutes(deps))
    .route('/', documentRoutes(deps))
    .route('/', startingRoutes(deps))
    .route('/', networkTemplateRoutes(deps))
    .route('/', transitionRoutes(deps))
    .route('/', sealRoutes(deps))
    .route('/', proposalRoutes(deps))
    .route('/', ballotRoutes(deps))
    .route('/', attachmentRoutes(deps))
    .route('/', exportRoutes(deps))
    .route('/', historyRoutes(deps))
    .route('/', erasureRoutes(deps))
    .route('/', factRoutes(deps))
    .route('/', searchRoutes(deps))
    .route('/', feed.routes)
    .route('/', syncRoutes)
    .route('/', pageRoutes(pagesFolder))
}

export type App = ReturnType<typeof createApp>

const largestBody = 2 * 1024 * 1024

const smallBodies = bodyLimit({
  maxSize: largestBody,
  onError: () => {
    throw new AppError('too-large', 'This is too large: a request holds at most 2 MB.')
  },
})

/** What one person may see must not stay in a browser that another one uses next. */
const notStored: MiddlewareHandler = async (c, next) => {
  await next()
  if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store')
}
