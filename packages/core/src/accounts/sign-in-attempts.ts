import { createHash } from 'node:crypto'
import { DomainError } from '@greenroom/contract'
import { countedAddress } from '../call-rates/index.ts'
import type { Deps } from '../platform/deps.ts'
import { type AttemptCounts, ownAttempts, sharedAttempts } from './sign-in-attempts-store.ts'

/**
 * Attempts in an hour that cost nothing, and for how long the next ones shut the door: 1 s, then twice as long for every
 * `growsEvery` more, up to `longestSec`.
 */
type Limit = { free: number; growsEvery: number; longestSec: number }

/** An account tried from one address: somebody who forgot their password, or guesses. */
const pairLimit: Limit = { free: 5, growsEvery: 1, longestSec: 900 }
/** One address that tries many accounts; an office signs in through it too. */
const addressLimit: Limit = { free: 100, growsEvery: 10, longestSec: 900 }
/** One account tried from many addresses. A minute at most, as its owner may be on a new device. */
const accountLimit: Limit = { free: 50, growsEvery: 10, longestSec: 60 }

/** What an attempt is counted under. */
type Door = { key: string; limit: Limit }
export type Attempt = { pair: Door; address: Door | undefined; account: Door }

/**
 * One attempt to sign in, counted as failed until it is forgiven: a hundred at the same moment are a hundred. `isKnown` says
 * whether the account's owner comes from that address, who is not held up by what strangers try from elsewhere. Refuses with
 * RATE_LIMITED while a door is shut; nothing is counted then. While Redis is away this process counts for itself, and a quarter is
 * free.
 */
export async function openAttempt(
  deps: Deps,
  who: { email: string; address: string | undefined },
  isKnown: (network: string) => Promise<boolean>,
): Promise<Attempt> {
  const network = countedAddress(who.address ?? '')
  const account = hashed(who.email)
  const attempt: Attempt = {
    pair: { key: `pair:${account}:${network ?? 'here'}`, limit: pairLimit },
    address: network === undefined ? undefined : { key: `address:${network}`, limit: addressLimit },
    account: { key: `account:${account}`, limit: accountLimit },
  }
  await withCounts(deps, async (counts, share) => {
    const shutMs = await Promise.all(doorsOf(attempt).map(({ key }) => counts.shutMs(key)))
    const [ofPair = 0, ofAccount = 0, ofAddress = 0] = shutMs
    const isHeldUp = ofAccount > 0 && !(network !== undefined && (await isKnown(network)))
    const waitMs = Math.max(ofPair, ofAddress, isHeldUp ? ofAccount : 0)
    if (waitMs > 0) throw new DomainError('RATE_LIMITED', { retryAfterMs: Math.ceil(waitMs) })
    await Promise.all(doorsOf(attempt).map((door) => count(deps, counts, door, share)))
  })
  return attempt
}

/** The password was right: what was tried before it from there is forgotten, and elsewhere this attempt was none. */
export async function forgiveAttempt(deps: Deps, { pair, address, account }: Attempt): Promise<void> {
  await withCounts(deps, async (counts) => {
    const others = [account, ...(address === undefined ? [] : [address])]
    await Promise.all([counts.forget(pair.key), ...others.map(({ key }) => counts.takeBack(key))])
  })
}

const doorsOf = ({ pair, account, address }: Attempt): Door[] => [
  pair,
  account,
  ...(address === undefined ? [] : [address]),
]

async function count(deps: Deps, counts: AttemptCounts, { key, limit }: Door, share: number): Promise<void> {
  const free = Math.max(1, Math.floor(limit.free * (deps.settings.rateLimitFactor ?? 1) * share))
  const tooMany = (await counts.add(key)) - free
  if (tooMany < 0) return
  const doublings = Math.min(20, Math.floor(tooMany / limit.growsEvery))
  await counts.shut(key, Math.min(limit.longestSec, 2 ** doublings))
}

const shared = new WeakMap<Deps, AttemptCounts>()
const own = new WeakMap<Deps, AttemptCounts>()

/** Over Redis, else in this process with a quarter of what is free. */
async function withCounts(
  deps: Deps,
  work: (counts: AttemptCounts, share: number) => Promise<void>,
): Promise<void> {
  const overRedis = shared.get(deps) ?? sharedAttempts(deps)
  shared.set(deps, overRedis)
  try {
    return await work(overRedis, 1)
  } catch (error) {
    if (error instanceof DomainError) throw error
    deps.log.debug({ err: error }, 'sign-ins are counted without Redis')
  }
  const here = own.get(deps) ?? ownAttempts()
  own.set(deps, here)
  await work(here, 1 / 4)
}

/** No e-mail is kept in Redis. */
function hashed(email: string): string {
  return createHash('sha256').update(email).digest('base64url').slice(0, 22)
}
