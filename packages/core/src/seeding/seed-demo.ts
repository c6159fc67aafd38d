import { accountId } from '@greenroom/contract'
import { hashPassword } from '../accounts/index.ts'
import { addConcert, addSeatPlan, addShow, generateSeatPlan, readShowTimes } from '../catalogue/index.ts'
import { inTransaction, type Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { openWallet } from '../wallet/index.ts'
import { type DemoConcert, demoConcerts } from './demo-concerts.ts'
import { insertAccounts, lockAndCount } from './seeding-store.ts'

const demoFanCount = 100
const demoPassword = 'greenroom'

export type SeedResult = 'seeded' | 'hasConcerts' | 'hasAccounts'

/**
 * Fills an empty database with the demo: fans 1 to 100, the operator 101, three concerts. All or nothing, in one
 * transaction, and never over what is there: a database with a concert or an account is left alone, so a repeat is safe.
 */
export async function seedDemo(deps: Pick<Deps, 'db'>): Promise<SeedResult> {
  const obstacle = await inTransaction(deps.db, findObstacle)
  if (obstacle !== undefined) return obstacle
  // 101 hashes are 3 s of two cores: before the transaction, which others would wait for
  const hashes = await Promise.all(Array.from({ length: demoFanCount + 1 }, () => hashPassword(demoPassword)))
  return await inTransaction(deps.db, async (tx) => {
    const late = await findObstacle(tx)
    if (late !== undefined) return late
    await addAccounts(tx, hashes)
    for (const demo of demoConcerts) await addDemoConcert(tx, demo)
    return 'seeded'
  })
}

async function findObstacle(tx: Tx): Promise<Exclude<SeedResult, 'seeded'> | undefined> {
  const { concertCount, accountCount } = await lockAndCount(tx)
  if (concertCount > 0) return 'hasConcerts'
  return accountCount > 0 ? 'hasAccounts' : undefined
}

async function addAccounts(tx: Tx, hashes: string[]): Promise<void> {
  const accounts = hashes.map((passwordHash, index) => {
    const id = accountId.parse(index + 1)
    return id > demoFanCount
      ? {
          id,
          passwordHash,
          role: 'operator' as const,
          name: 'Operator',
          email: 'operator@greenroom.example',
          locale: 'ko' as const,
        }
      : {
          id,
          passwordHash,
          role: 'fan' as const,
          name: `Fan ${id}`,
          email: `fan${id}@greenroom.example`,
          locale: 'ko' as const,
        }
  })
  await insertAccounts(tx, accounts)
  for (const { id } of accounts) await openWallet(tx, id)
}

async function addDemoConcert(tx: Tx, demo: DemoConcert): Promise<void> {
  const { concert, line, planName } = demo
  const plan = await addSeatPlan(tx, generateSeatPlan(demo.preset), { name: planName })
  const { timeZone } = concert
  const times = await readShowTimes(tx, { timeZone, inDays: demo.showsInDays, hour: demo.startHour })
  const opensAtMs = times.nowMs + line.opensInMinutes * 60_000
  const concertId = await addConcert(tx, {
    ...concert,
    seatPlanId: plan.seatPlanId,
    prices: plan.categories.map(({ name }, categoryCode) => ({
      categoryCode,
      priceMinor: priceOf(demo, name),
    })),
    line: {
      mode: line.mode,
      capacity: line.capacity,
      ratePerMinute: line.ratePerMinute,
      opensAtMs,
      lobbyOpensAtMs: line.mode === 'lottery' ? times.nowMs : null,
      // the line closes when the last show begins
      closesAtMs: Math.max(...times.startsAtMs),
    },
  })
  for (const startsAtMs of times.startsAtMs) {
    await addShow(tx, { concertId, seatPlanId: plan.seatPlanId, startsAtMs })
  }
}

function priceOf({ prices, planName }: DemoConcert, category: string): number {
  const priceMinor = prices[category]
  if (priceMinor === undefined) throw new Error(`${planName} has no price for ${category}`)
  return priceMinor
}
