import { type AccountId, DomainError, type FaultReason } from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { closeWithLastShow, isOpenedEarly, type Line } from '../waiting-room/index.ts'
import { findLastStart } from './show-store.ts'

const starts = {
  momentOver: 'this moment is over',
  beforeSale: 'the sale opens after it',
  anotherShowThen: 'the concert has a show at that instant',
} satisfies { [Reason in FaultReason]?: string }

export function refuseStart(reason: keyof typeof starts): never {
  throw new DomainError('BAD_INPUT', { faults: [{ path: 'startsAtMs', message: starts[reason], reason }] })
}

/** Nobody could buy a seat of a show that is still to begin, and does so before its sale opens. */
export function requireSaleBefore(line: Line, startsAtMs: number): void {
  if (startsAtMs <= line.opensAtMs && !isOpenedEarly(line)) refuseStart('beforeSale')
}

/** What `change` does to a concert's shows, and its sale closes with the last of them if it did before. The line is locked. */
export async function withLastShow<T>(
  deps: Deps,
  tx: Tx,
  { line, operatorId }: { line: Line; operatorId: AccountId },
  change: () => Promise<T>,
): Promise<T> {
  const fromMs = await findLastStart(tx, line.concertId)
  const result = await change()
  const toMs = await findLastStart(tx, line.concertId)
  if (fromMs !== null && toMs !== null) await closeWithLastShow(deps, tx, { line, operatorId, fromMs, toMs })
  return result
}
