import { createHash } from 'node:crypto'
import { DomainError } from '@greenroom/contract'
import { countedAs, networkShare } from '../call-rates/index.ts'
import type { Deps } from '../platform/deps.ts'
import {
  type AttemptCounts,
  type Door,
  ownAttempts,
  sharedAttempts,
  type Taken,
} from './sign-in-attempts-store.ts'

type Limit = Omit<Door, 'key'>

/** An account tried from one address: somebody who forgot their password, or guesses. */
const pairLimit: Limit = { free: 5, growsEvery: 1, longestSec: 900 }
/** One address that tries many accounts; an office signs in through it too. */
const addressLimit: Limit = { free: 100, growsEvery: 10, longestSec: 900 }
/** One account tried from many addresses. A minute at most, as its owner may be on a new device. */
const accountLimit: Limit = { free: 50, growsEvery: 10, longestSec: 60 }

/** What an attempt is counted under: its own door, for who tries this account from there or on that device, and those of others too. */
export type Attempt = { ownDoor: Door; taken: Taken[] }

/**
 * One attempt to sign in, counted as failed until it is forgiven or given back. Each door counts in the step that finds it open, so of a
 * hundred at the same moment as many get through as of a hundred one after the other. `isKnown` says whether the account's owner
 * comes from that address, who is not held up by what strangers try from elsewhere. A `device` that the account was opened on before is
 * held up by what is tried on it alone, whoever shares its address. Refuses with RATE_LIMITED while a door is
 * shut; nothing is counted then. While Redis is away this process counts for itself, and a quarter is free.
 */
export async function openAttempt(
  deps: Deps,
  who: { email: string; address: string | undefined; device?: string | undefined },
  isKnown: (network: string) => Promise<boolean>,
): Promise<Attempt> {
  const from = countedAs(deps.settings, who.address ?? '')
  const account = hashed(who.email)
  const where =
    who.device === undefined ? `pair:${account}:${from?.group ?? 'here'}` : `device:${account}:${who.device}`
  const ownDoor: Door = { ...pairLimit, key: where }
  const ofAccount: Door = { ...accountLimit, key: `account:${account}` }
  // the own one first: who is refused there uses up nothing of others
  const doors = who.device === undefined ? [ownDoor, ofAccount, ...addressDoors(from)] : [ownDoor]
  return await withCounts(deps, async (counts, share) => {
    const taken: Taken[] = []
    for (const door of doors) {
      const found = await counts.take({ ...door, free: freeOf(deps, door, share) })
      if ('door' in found) taken.push(found)
      else if (door !== ofAccount || from === undefined || !(await isKnown(from.group))) {
        await giveBack(counts, taken)
        throw new DomainError('RATE_LIMITED', { retryAfterMs: Math.ceil(found.waitMs) })
      }
    }
    return { ownDoor, taken }
  })
}

function addressDoors(from: ReturnType<typeof countedAs>): Door[] {
  if (from === undefined) return []
  const { group, network } = from
  const ofNetwork = { ...addressLimit, free: addressLimit.free * networkShare, key: `address:${network}` }
  return [{ ...addressLimit, key: `address:${group}` }, ...(network === undefined ? [] : [ofNetwork])]
}

/** The password was right: what was tried before it from there is forgotten, and elsewhere this attempt was none. */
export async function forgiveAttempt(deps: Deps, { ownDoor, taken }: Attempt): Promise<void> {
  await withCounts(deps, async (counts) => {
    const others = taken.filter(({ door }) => door.key !== ownDoor.key)
    await Promise.all([counts.forget(ownDoor), giveBack(counts, others)])
  })
}

/** No password was looked at: the attempt was none anywhere. */
export async function takeBackAttempt(deps: Deps, { taken }: Attempt): Promise<void> {
  await withCounts(deps, (counts) => giveBack(counts, taken))
}

const giveBack = async (counts: AttemptCounts, taken: readonly Taken[]): Promise<void> => {
  await Promise.all(taken.map(counts.giveBack))
}

const freeOf = (deps: Deps, { free }: Limit, share: number): number =>
  Math.max(1, Math.floor(free * (deps.settings.rateLimitFactor ?? 1) * share))

const shared = new WeakMap<Deps, AttemptCounts>()
const ofProcess = new WeakMap<Deps, AttemptCounts>()

/** Over Redis, else in this process with a quarter of what is free. */
async function withCounts<T>(
  deps: Deps,
  work: (counts: AttemptCounts, share: number) => Promise<T>,
): Promise<T> {
  const overRedis = shared.get(deps) ?? sharedAttempts(deps)
  shared.set(deps, overRedis)
  try {
    return await work(overRedis, 1)
  } catch (error) {
    if (error instanceof DomainError) throw error
    deps.log.debug({ err: error }, 'sign-ins are counted without Redis')
  }
  const here = ofProcess.get(deps) ?? ownAttempts()
  ofProcess.set(deps, here)
  return await work(here, 1 / 4)
}

/** No e-mail is kept in Redis. */
function hashed(email: string): string {
  return createHash('sha256').update(email).digest('base64url').slice(0, 22)
}
