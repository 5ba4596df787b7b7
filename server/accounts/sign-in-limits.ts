import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { TooMany } from '../http/errors.ts'

const windowSeconds = 15 * 60
// A school is one address: all its people together may err more often than one account may be tried.
const failuresOfAccount = 10
const failuresOfAddress = 100

/** Counts failed sign-ins by account and by address. */
export interface SignInLimits {
  /**
   * Runs `attempt` unless too many failed lately, and counts it when it answers false. It counts before and gives back
   * after, so that many attempts at one moment do not slip through together.
   */
  count(email: string, address: string, attempt: () => Promise<boolean>): Promise<boolean>
}

export function createSignInLimits(): SignInLimits {
  const byAccount = new RateLimiterMemory({ points: failuresOfAccount, duration: windowSeconds })
  const byAddress = new RateLimiterMemory({ points: failuresOfAddress, duration: windowSeconds })

  return {
    async count(email, address, attempt) {
      const place = networkOf(address)
      await take(byAccount, email)
      try {
        await take(byAddress, place)
      } catch (refusal) {
        await byAccount.reward(email)
        throw refusal
      }
      const succeeded = await attempt()
      if (succeeded) await Promise.all([byAccount.reward(email), byAddress.reward(place)])
      return succeeded
    },
  }
}

async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    const minutes = Math.max(1, Math.ceil(refused.msBeforeNext / 60_000))
    throw new TooMany(
      `Too many sign-ins failed. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
      Math.ceil(refused.msBeforeNext / 1000),
    )
  }
}

/** One household has billions of IPv6 addresses: its network, the first half of the eight groups, counts. */
function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const [before = '', after] = address.split('::')
  const groups = before.split(':').filter((group) => group !== '')
  const tail = after?.split(':').filter((group) => group !== '') ?? []
  const zeros = Array<string>(Math.max(0, 8 - groups.length - tail.length)).fill('0')
  return [...groups, ...zeros, ...tail].slice(0, 4).join(':')
}
