import { hash, verify } from '@node-rs/argon2'
import { AppError } from '#shared/errors.ts'

// OWASP's second choice for argon2id; a hash holds 19 MiB while it is worked out.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

const atOnce = 2
const mostWaiting = 300

/** Hashes passwords with argon2id, few at a time: a whole school signing in at nine must not take the server's memory. */
export interface Passwords {
  hash(password: string): Promise<string>
  /** Takes as long for an account that does not exist (no `stored`), so that nobody can ask which addresses do. */
  verify(stored: string | undefined, password: string): Promise<boolean>
  /** Runs `work` when a place is free: what must be counted before a password is tried belongs in here too. */
  inTurn<T>(work: () => Promise<T>): Promise<T>
}

export function createPasswords(): Passwords {
  const waiting: (() => void)[] = []
  let busy = 0
  let dummy: Promise<string> | undefined

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (waiting.length >= mostWaiting) {
      throw new AppError('unavailable', 'Very many people are signing in right now. Try again in a minute.')
    }
    if (busy >= atOnce) await new Promise<void>((go) => waiting.push(go))
    else busy += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else busy -= 1
    }
  }

  return {
    inTurn,
    hash: (password) => inTurn(() => hash(password, cost)),
    async verify(stored, password) {
      if (stored !== undefined) return verify(stored, password)
      dummy ??= hash('a password that nobody has', cost)
      await verify(await dummy, password)
      return false
    },
  }
}
