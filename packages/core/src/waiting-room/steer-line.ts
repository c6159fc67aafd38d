import type { AccountId, ConcertId, steerLineInput } from '@greenroom/contract'
import type { z } from 'zod'
import { recordAudit } from '../accounts/index.ts'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import type { Line } from './line.ts'
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

/** Changes how many may be inside at a time and how many may come in a minute (`null`: any number); else as `steerLine`. */
export async function tuneLine(
  deps: Deps,
  input: Operator & { capacity?: number | undefined; ratePerMinute?: number | null | undefined },
): Promise<void> {
  await changeLine(deps, input, 'line.tune', {
    ...(input.capacity === undefined ? {} : { capacity: input.capacity }),
    ...(input.ratePerMinute === undefined ? {} : { ratePerMinute: input.ratePerMinute }),
  })
}

type Steering = Pick<Line, 'override' | 'capacity' | 'ratePerMinute'>

async function changeLine(
  deps: Deps,
  { concertId, operatorId }: Operator,
  action: string,
  change: Partial<Steering>,
): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    const { override, capacity, ratePerMinute } = await lockLineRow(tx, concertId)
    const before: Steering = { override, capacity, ratePerMinute }
    const after: Steering = { ...before, ...change }
    await updateLineRow(tx, { concertId, ...after })
    await recordAudit(
      deps,
      { actorId: operatorId, action, target: `concert ${concertId}`, before, after },
      tx,
    )
  })
  forgetLine(deps, concertId)
}
