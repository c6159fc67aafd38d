import {
  type AccountId,
  type Balance,
  DomainError,
  type Statement,
  type statementInput,
} from '@greenroom/contract'
import type { z } from 'zod'
import type { Deps } from '../platform/deps.ts'
import { findFanWallet, findStatementLines } from './statement-store.ts'

/** What the fan has now. NOT_FOUND when there is no such account. */
export async function readBalance(deps: Deps, fanId: AccountId): Promise<Balance> {
  const { balanceMinor, currency } = await requireWallet(deps, fanId)
  return { balanceMinor, currency }
}

/**
 * One page of the fan's own transfers, newest first; `nextBeforeId` asks for the next page and is null on the last.
 * Lines written meanwhile never shift a page. NOT_FOUND when there is no such account.
 */
export async function readStatement(
  deps: Deps,
  input: z.output<typeof statementInput> & { fanId: AccountId },
): Promise<Statement> {
  const { walletId } = await requireWallet(deps, input.fanId)
  const { beforeId, limit } = input
  const found = await findStatementLines(deps.db, walletId, { beforeId, limit: limit + 1 })
  const lines = found.slice(0, limit)
  return { lines, nextBeforeId: found.length > limit ? (lines.at(-1)?.transferId ?? null) : null }
}

async function requireWallet(deps: Deps, fanId: AccountId): Promise<Balance & { walletId: number }> {
  const wallet = await findFanWallet(deps.db, fanId)
  if (wallet === undefined) throw new DomainError('NOT_FOUND', { what: 'account' })
  return wallet
}
