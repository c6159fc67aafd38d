import { randomUUID } from 'node:crypto'
import type { AccountId, ConcertId, Locale, Reservation, SeatId, ShowId } from '@greenroom/contract'
import { createGreenroom, type Greenroom } from '@greenroom/client'
import { until } from './until.ts'

/** A signed-in fan with a client of their own. */
export type VirtualFan = Greenroom & { accountId: AccountId; token: string; email: string }

/** Makes an account over HTTP, as anybody would. */
export async function signUpFan(
  url: string,
  who: { name: string; locale: Locale } = { name: 'Fan', locale: 'ko' },
): Promise<VirtualFan> {
  const email = `fan-${randomUUID()}@greenroom.example`
  const client = createGreenroom({ apiUrl: url })
  const { account, token } = await client.api.accounts.signUp.mutate({
    email,
    password: 'a long password',
    ...who,
  })
  client.setToken(token)
  return { ...client, accountId: account.accountId, token, email }
}

/** Signs in; the demo's accounts all have one password. */
export async function signIn(url: string, email: string, password = 'greenroom'): Promise<VirtualFan> {
  const client = createGreenroom({ apiUrl: url })
  const { account, token } = await client.api.accounts.signIn.mutate({ email, password })
  client.setToken(token)
  return { ...client, accountId: account.accountId, token, email }
}

/** Many fans; password hashing is what it costs, so eight at a time. */
export async function signUpFans(url: string, count: number): Promise<VirtualFan[]> {
  const fans: VirtualFan[] = []
  while (fans.length < count) {
    const batch = Math.min(8, count - fans.length)
    fans.push(...(await Promise.all(Array.from({ length: batch }, () => signUpFan(url)))))
  }
  return fans
}

/** Joins, waits for the turn, and answers with the pass; for a line with room. */
export async function walkIn(fan: VirtualFan, concertId: ConcertId): Promise<string> {
  await fan.line.join(concertId)
  const entry = await until('a turn', async () => {
    const now = (await fan.line.readStatus(concertId)).entry
    return now.state === 'waiting' ? undefined : now
  })
  if (entry.state === 'active') return entry.pass
  if (entry.state !== 'offered') throw new Error(`no way in: ${entry.state}`)
  const entered = await fan.line.enter(concertId, entry.pass)
  if (entered.state !== 'active') throw new Error(`not inside: ${entered.state}`)
  return entered.pass
}

/** Charges what the hold costs and pays for it. */
export async function buy(fan: VirtualFan, hold: Reservation) {
  await fan.api.wallet.charge.mutate({ amountMinor: hold.amountMinor, idempotencyKey: randomUUID() })
  return await fan.api.payments.pay.mutate({
    reservationIds: [hold.reservationId],
    idempotencyKey: randomUUID(),
  })
}

export async function hold(
  fan: VirtualFan,
  showId: ShowId,
  pass: string,
  seatIds: SeatId[],
): Promise<Reservation> {
  return await fan.api.reservations.hold.mutate({ showId, pass, seatIds })
}
