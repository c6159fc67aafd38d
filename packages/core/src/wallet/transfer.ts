import {
  type AccountId,
  DomainError,
  maxBalanceMinor,
  type PaymentId,
  type ReservationId,
} from '@greenroom/contract'
import type { Tx } from '../platform/database.ts'
import { type FanTransfer, lockFanWallet, moveFanMoney, type WalletRow } from './wallet-store.ts'

export type Transfer = { fanId: AccountId; amountMinor: number } & (
  | { kind: 'charge' }
  | { kind: 'payment'; paymentId: PaymentId; reservationId: ReservationId }
  | { kind: 'refund'; reservationId: ReservationId }
)

/** Money is never refused on its way back: a refund may lift a balance above what a charge may reach. */
const unlimited = Number.MAX_SAFE_INTEGER

const route = {
  charge: { direction: 1, house: 'outside', limitMinor: maxBalanceMinor },
  payment: { direction: -1, house: 'boxOffice', limitMinor: unlimited },
  refund: { direction: 1, house: 'boxOffice', limitMinor: unlimited },
} as const satisfies Record<Transfer['kind'], Pick<FanTransfer, 'direction' | 'house' | 'limitMinor'>>

/**
 * Moves money between a fan and the house: both sides of the entry and the fan's new balance, in the caller's
 * transaction. Refuses with BALANCE_TOO_LOW, BALANCE_TOO_HIGH or NOT_FOUND (no such wallet), with nothing done.
 * A reservation is paid once and refunded once: a second transfer of that kind fails on a unique index.
 */
export async function transfer(tx: Tx, input: Transfer): Promise<WalletRow> {
  const moved = await moveFanMoney(tx, {
    ...route[input.kind],
    kind: input.kind,
    fanId: input.fanId,
    amountMinor: input.amountMinor,
    paymentId: input.kind === 'payment' ? input.paymentId : null,
    reservationId: input.kind === 'charge' ? null : input.reservationId,
  })
  if (moved !== undefined) return moved
  const { balanceMinor } = await lockWallet(tx, input.fanId)
  if (input.kind === 'payment')
    throw new DomainError('BALANCE_TOO_LOW', { balanceMinor, neededMinor: input.amountMinor })
  throw new DomainError('BALANCE_TOO_HIGH', { limitMinor: route[input.kind].limitMinor })
}

/** The fan's wallet as it stays until the transaction ends, unless this transaction changes it. NOT_FOUND when there is none. */
export async function lockWallet(tx: Tx, fanId: AccountId): Promise<WalletRow> {
  const wallet = await lockFanWallet(tx, fanId)
  if (wallet === undefined) throw new DomainError('NOT_FOUND', { what: 'account' })
  return wallet
}
