import type { AccountId, ConcertId, LineTuning, steerLineInput } from '@greenroom/contract'
import type { z } from 'zod'
import { recordAudit } from '../accounts/index.ts'
import { inTransaction, type Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { requireAsSeen } from '../platform/require-as-seen.ts'
import { type Line, type Steering, scheduledPhaseOf } from './line.ts'
import { clockAfter } from './line-clock.ts'
import { lockLineRow, readDatabaseMs, updateLineClock, updateLineRow } from './line-store.ts'
import { forgetLine } from './recent-line.ts'

type Operator = { concertId: ConcertId; operatorId: AccountId }
type Action = z.infer<typeof steerLineInput>['action']

/**
 * Pauses, drains or closes a line from now on, whatever its clock says: paused admits nobody, draining takes nobody new, closed
 * refuses everybody. `resume` takes that back: the line is what its clock says, or open where it was opened early, and opens and
 * closes in time. `open` does so too and lets fans in now in any case: before the opening for good, after the close by taking that
 * away. Decided by Postgres' clock with the line's row locked. Audited in the same transaction; every process follows within
 * a second. Safe to repeat. Refuses with NOT_FOUND.
 */
export async function steerLine(deps: Deps, input: Operator & { action: Action }): Promise<void> {
  await changeLine(deps, input, 'line.steer', async (tx, line) => {
    if (input.action !== 'open') return { override: overrideOf[input.action] }
    const scheduled = scheduledPhaseOf(line, await readDatabaseMs(tx))
    const isEarly = scheduled === 'before' || scheduled === 'lobby'
    return { override: isEarly ? 'open' : null, ...(scheduled === 'closed' ? { closesAtMs: null } : {}) }
  })
}

const overrideOf: Record<Exclude<Action, 'open'>, Line['override']> = {
  resume: null,
  pause: 'paused',
  drain: 'draining',
  close: 'closed',
}

/**
 * Changes how many may be inside at a time, how many may come in a minute (`null`: any number), and whether that follows the
 * load: then it is anything from the floor to the rate, lower while fans inside wait longer than the target. What is left out
 * stays; else as `steerLine`. Refuses with BAD_INPUT where another operator changed a part meanwhile: it is not as `from` has it.
 */
export async function tuneLine(
  deps: Deps,
  input: Operator & LineTuning & { from?: LineTuning | undefined },
): Promise<void> {
  const { concertId, operatorId, from, ...tuning } = input
  await changeLine(deps, { concertId, operatorId }, 'line.tune', () => tuning, from)
}

/** `closesAtMs: null` takes the close away; else it stays and is not told of. */
type Change = { [Key in keyof Steering]?: Steering[Key] | undefined } & { closesAtMs?: null }

async function changeLine(
  deps: Deps,
  { concertId, operatorId }: Operator,
  action: string,
  decide: (tx: Tx, line: Line) => Change | Promise<Change>,
  seen?: LineTuning,
): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    const line = await lockLineRow(tx, concertId)
    const change = await decide(tx, line)
    requireAsSeen<LineTuning>(line, seen, change)
    const steering: Steering = {
      override: change.override === undefined ? line.override : change.override,
      capacity: change.capacity ?? line.capacity,
      ratePerMinute: change.ratePerMinute === undefined ? line.ratePerMinute : change.ratePerMinute,
      isLoadAware: change.isLoadAware ?? line.isLoadAware,
      floorPerMinute: change.floorPerMinute ?? line.floorPerMinute,
      targetP95Ms: change.targetP95Ms ?? line.targetP95Ms,
    }
    await updateLineRow(tx, { concertId, ...steering })
    const isCloseGone = change.closesAtMs === null
    if (isCloseGone) await updateLineClock(tx, { concertId, ...clockAfter(line, change) }, undefined)
    const before = { ...steeringOf(line), ...(isCloseGone ? { closesAtMs: line.closesAtMs } : {}) }
    const after = { ...steering, ...(isCloseGone ? { closesAtMs: null } : {}) }
    await recordAudit(
      deps,
      { actorId: operatorId, action, target: `concert ${concertId}`, before, after },
      tx,
    )
  })
  forgetLine(deps, concertId)
}

function steeringOf(line: Steering): Steering {
  const { override, capacity, ratePerMinute, isLoadAware, floorPerMinute, targetP95Ms } = line
  return { override, capacity, ratePerMinute, isLoadAware, floorPerMinute, targetP95Ms }
}
