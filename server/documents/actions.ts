import type * as Y from 'yjs'
import { AppError } from '#shared/errors.ts'
import type { AnyKind } from '#shared/kinds/index.ts'
import { labelWithin } from './kind-label.ts'

/** A named edit of a kind, and what it is to be done with. */
export interface NamedAction {
  readonly action: string
  readonly args: unknown
}

type AnyAction = NonNullable<AnyKind['actions']>[string]

/** The action of that name; refuses others with a sentence that lists those there are. */
export function getAction(kind: AnyKind, name: string): AnyAction {
  const actions = kind.actions ?? {}
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined
  if (action !== undefined) return action
  const names = Object.keys(actions)
  throw new AppError(
    'not-found',
    names.length === 0
      ? `Nothing can be asked of a ${labelWithin(kind)}.`
      : `What can be asked of a ${labelWithin(kind)} is: ${names.join(', ')}.`,
  )
}

/** Refuses what cannot be done with the document as it is. */
export function requirePossible(kind: AnyKind, doc: Y.Doc, { action, args }: NamedAction): void {
  const problems = getAction(kind, action).problems(kind.read(doc), args)
  if (problems.length > 0) throw new AppError('conflict', problems.join(' '))
}

/** Does it, in the document that is to be committed. What stood in its way is asked for at that very moment. */
export function doAction(kind: AnyKind, doc: Y.Doc, asked: NamedAction): void {
  requirePossible(kind, doc, asked)
  getAction(kind, asked.action).edit(doc, asked.args)
}
