import type { AccountId } from '@greenroom/contract'
import { expect } from 'vitest'
import { z } from 'zod'
import type { Answer, Call, Club } from './club.ts'
import type { Bearer, Dialect, SeatName } from './dialect.ts'

/** Sends it and wants a 200; its reply. */
export async function ask(club: Club, call: Call): Promise<unknown> {
  const { status, body } = await club.send(call)
  expect({ status, body }, `${call.method} ${call.path}`).toMatchObject({ status: 200 })
  return body
}

/** The fan with the token that the contract issues. */
export async function takePlace(club: Club, dialect: Dialect, fanId: AccountId): Promise<Bearer> {
  return { fanId, token: dialect.tokenOf(await ask(club, dialect.takePlace(fanId))) }
}

/** A new fan with that much money and a token. */
export async function walkIn(club: Club, dialect: Dialect, balanceMinor = 0): Promise<Bearer> {
  return await takePlace(club, dialect, await club.newFan(balanceMinor))
}

/** Holds the seat; the hold's id as the contract or else the database tells it. */
export async function hold(
  club: Club,
  dialect: Dialect,
  by: Bearer,
  seat: SeatName,
): Promise<{ holdId: number; amount: number }> {
  const told = dialect.holdIdOf(await ask(club, dialect.hold(by, seat)))
  const { rows } = await club.deps.db.pool.query<{ id: number }>(
    'select max(id) as id from reservations where fan_id = $1',
    [by.fanId],
  )
  const holdId = told ?? rows[0]?.id
  if (holdId === undefined) throw new Error('nothing is held')
  return { holdId, amount: club.priceMinor }
}

/** `401 PASS_REQUIRED`: status and code, for tables of refusals. */
export function outcomeOf({ status, body }: Answer): string {
  const refusal = z.object({ error: z.object({ code: z.string() }) }).safeParse(body)
  return refusal.success ? `${status} ${refusal.data.error.code}` : `${status}`
}
