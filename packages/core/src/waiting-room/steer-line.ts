import type { AccountId, ConcertId, LineTuning, steerLineInput } from '@greenroom/contract'
import type { z } from 'zod'
import { recordAudit } from '../accounts/index.ts'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import type { Line, Steering } from './line.ts'
import { lockLineRow, updateLineRow } from './line-store.ts'
import { forgetLine } from './recent-line.ts'

type Operator = { concertId: ConcertId; operatorId: AccountId }
type Action = z.infer<typeof steerLineInput>['action']

const overrideOf: Record<Action, NonNullable<Line['override']>> = {
  open: 'open',
  pause: 'paused',
  drain: 'draining',
  close: 'closed',
}

/**
 * Opens, pauses, drains or closes a line from now on, whatever its clock says: paused admits nobody, draining takes
 * nobody new, closed refuses everybody. Audited in the same transaction; every process follows within a second. Safe
 * to repeat. Refuses with NOT_FOUND.
 */
export async function steerLine(deps: Deps, input: Operator & { action: Action }): Promise<void> {
  await changeLine(deps, input, 'line.steer', { override: overrideOf[input.action] })
}

/**
 * Changes how many may be inside at a time, how many may come in a minute (`null`: any number), and whether that follows the
 * load: then it is anything from the floor to the rate, lower while fans inside wait longer than the target. What is left out
 * stays; else as `steerLine`.
 */
export async function tuneLine(deps: Deps, input: Operator & LineTuning): Promise<void> {
  const { concertId, operatorId, ...tuning } = input
  await changeLine(deps, { concertId, operatorId }, 'line.tune', tuning)
}

async function changeLine(
  deps: Deps,
  { concertId, operatorId }: Operator,
  action: string,
  change: { [Key in keyof Steering]?: Steering[Key] | undefined },
): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    const before = steeringOf(await lockLineRow(tx, concertId))
    const after: Steering = {
      override: change.override ?? before.override,
      capacity: change.capacity ?? before.capacity,
      ratePerMinute: change.ratePerMinute === undefined ? before.ratePerMinute : change.ratePerMinute,
      isLoadAware: change.isLoadAware ?? before.isLoadAware,
      floorPerMinute: change.floorPerMinute ?? before.floorPerMinute,
      targetP95Ms: change.targetP95Ms ?? before.targetP95Ms,
    }
    await updateLineRow(tx, { concertId, ...after })
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
