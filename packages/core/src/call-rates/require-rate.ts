import { type AccountId, DomainError } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { countedAs, networkShare } from './counted-address.ts'
import { type CallerKind, countShared, type SharedCount } from './call-rates-store.ts'
import { type Rate, type RateClass, rateClasses } from './rate-class.ts'
import { openRecentCalls, type RecentCalls } from './recent-calls.ts'

/**
 * A quarter of its limit a caller has from each process without anybody else being asked: honest callers stay within it, so
 * counting them costs no Redis. It is also all there is while Redis is away.
 */
const ownShare = 4

/**
 * Counts one call of an account, else of an address and of its network, in its class; of all where the class says so. Refuses with RATE_LIMITED and when
 * to come back, once the minute's calls are used up; over all processes together it is at most a quarter of the limit more for each process
 * beyond the first. While Redis is away a process lets a quarter through. Nothing is counted for this machine's own addresses, but in
 * production: a proxy that stands there tells whom it speaks for (TRUST_PROXY), or is one caller. `undefined` where there is nothing to wait for, which is nearly always.
 */
export function requireRate(
  deps: Deps,
  { rate, accountId, address }: { rate: RateClass; accountId: AccountId | undefined; address: string },
): Promise<void> | undefined {
  const { isAddressToo = false }: Rate = rateClasses[rate]
  const callers: Caller[] = accountId === undefined ? [] : [{ kind: 'account', caller: accountId }]
  const from = accountId === undefined || isAddressToo ? countedAs(deps.settings, address) : undefined
  if (from !== undefined) callers.push({ kind: 'address', caller: from.group })
  if (from?.network !== undefined) callers.push({ kind: 'network', caller: from.network })
  return countEach(deps, rate, callers)
}

type Caller = Pick<SharedCount, 'kind' | 'caller'>

/** One after the other: who is refused uses up nothing of the next. */
function countEach(
  deps: Deps,
  rate: RateClass,
  [first, ...others]: readonly Caller[],
): Promise<void> | undefined {
  if (first === undefined) return undefined
  const waiting = countCaller(deps, { ...first, rate })
  return waiting === undefined
    ? countEach(deps, rate, others)
    : waiting.then(() => countEach(deps, rate, others))
}

function countCaller(
  deps: Deps,
  { rate, kind, caller }: Omit<SharedCount, 'limit'>,
): Promise<void> | undefined {
  const limit = limitOf(deps, rate, kind)
  const recent = recentOf(deps, rate, kind)
  const times = recent.count(caller)
  const own = Math.max(1, Math.floor(limit / ownShare))
  if (times <= own) return undefined
  if (times > limit) throw rateLimited(recent.restMs())
  return countWithOthers(
    deps,
    { rate, kind, caller, limit },
    { calls: times === own + 1 ? times : 1, recent },
  )
}

async function countWithOthers(
  deps: Deps,
  count: Parameters<typeof countShared>[1],
  { calls, recent }: { calls: number; recent: RecentCalls },
): Promise<void> {
  const waitMs = await countShared(deps, count, calls).catch((error: unknown) => {
    deps.log.debug({ err: error }, 'calls are counted without Redis')
    return recent.restMs()
  })
  if (waitMs !== undefined) throw rateLimited(waitMs)
}

function limitOf(deps: Deps, rate: RateClass, kind: CallerKind): number {
  const { perAccount, perAddress } = rateClasses[rate]
  const limit = { account: perAccount, address: perAddress, network: perAddress * networkShare }[kind]
  return Math.max(1, Math.floor(limit * (deps.settings.rateLimitFactor ?? 1)))
}

const recentCalls = new WeakMap<Deps, Map<string, RecentCalls>>()

function recentOf(deps: Deps, rate: RateClass, kind: CallerKind): RecentCalls {
  const ofDeps = recentCalls.get(deps) ?? new Map<string, RecentCalls>()
  recentCalls.set(deps, ofDeps)
  const key = `${rate} by ${kind}`
  const known = ofDeps.get(key)
  if (known !== undefined) return known
  const made = openRecentCalls()
  ofDeps.set(key, made)
  return made
}

const rateLimited = (retryAfterMs: number): DomainError => new DomainError('RATE_LIMITED', { retryAfterMs })
