import { randomUUID } from 'node:crypto'
import type { AccountId } from '@greenroom/contract'
import { charge as chargeWallet, type Deps } from '@greenroom/core'
import { observed } from './finding.ts'
import { callsPerRound, type ObservedOperation } from './operation.ts'
import { readCpuMs } from './process-cost.ts'
import { addFans } from './sale.ts'
import { median, quantile } from './statistics.ts'

const chargesAtOnce = 100
const burstsPerFullRound = 10
const amountMinor = 1_000
const rateGoal = 1_000

type Burst = {
  elapsedMs: number
  succeeded: number
  isInOrder: boolean
  latenciesMs: number[]
  failure: string | null
}

/** A hundred charges of one wallet at once, over and over with another wallet each time. */
export const charge: ObservedOperation = {
  name: 'charge',
  observe: async ({ deps, pids }, effort) => {
    const perRound = callsPerRound(effort, burstsPerFullRound)
    const fans = await addFans(deps, perRound * (effort.rounds + 1))
    const all = { bench: process.pid, ...pids }
    const bursts: Burst[] = []
    for (const fanId of fans.slice(0, perRound)) await chargeAtOnce(deps, fanId)
    const before = readCpuMs(all)
    for (const fanId of fans.slice(perRound)) bursts.push(await chargeAtOnce(deps, fanId))
    const after = readCpuMs(all)
    const latenciesMs = bursts.flatMap((burst) => burst.latenciesMs)
    const succeeded = bursts.reduce((sum, burst) => sum + burst.succeeded, 0)
    const isInOrder = bursts.every((burst) => burst.isInOrder)
    const value = median(bursts.map((burst) => (burst.succeeded * 1_000) / burst.elapsedMs))
    const success = succeeded / (bursts.length * chargesAtOnce)
    const row = observed({
      operation: `charge of one wallet, ${chargesAtOnce} at once`,
      value,
      unit: 'charges/s',
      goal: { of: 'value', atLeast: rateGoal },
      success,
      p50Ms: quantile(latenciesMs, 0.5),
      p99Ms: quantile(latenciesMs, 0.99),
      rounds: bursts.map((burst) => ({ value: (burst.succeeded * 1_000) / burst.elapsedMs, floor: null })),
      details: {
        isInOrder,
        ...Object.fromEntries(
          Object.keys(all).map((name) => [
            `${name}UsEach`,
            (((after.get(name) ?? 0) - (before.get(name) ?? 0)) * 1_000) / Math.max(1, succeeded),
          ]),
        ),
      },
      failure: bursts.flatMap(({ failure }) => failure ?? [])[0] ?? null,
    })
    return [
      {
        ...row,
        goalText: `${row.goalText}/s, all, in order`,
        met: row.met === true && isInOrder && success === 1,
      },
    ]
  },
}

/** In order: each is answered with the balance that it and all asked before it make. */
async function chargeAtOnce(deps: Deps, fanId: AccountId): Promise<Burst> {
  const latenciesMs: number[] = []
  const beganMs = performance.now()
  const outcomes = await Promise.allSettled(
    Array.from({ length: chargesAtOnce }, async () => {
      const { balanceMinor } = await chargeWallet(deps, { fanId, amountMinor, idempotencyKey: randomUUID() })
      latenciesMs.push(performance.now() - beganMs)
      return balanceMinor
    }),
  )
  const elapsedMs = performance.now() - beganMs
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  return {
    elapsedMs,
    succeeded: outcomes.filter((outcome) => outcome.status === 'fulfilled').length,
    isInOrder: outcomes.every(
      (outcome, at) => outcome.status === 'fulfilled' && outcome.value === (at + 1) * amountMinor,
    ),
    latenciesMs,
    failure: failed === undefined ? null : String(failed.reason),
  }
}
