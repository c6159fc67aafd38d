import { randomUUID } from 'node:crypto'
import { greenroomError } from '@greenroom/client'
import { type ConcertId, type ConcertPage, reservationId } from '@greenroom/contract'
import { known } from '../support/known.ts'
import { signIn, signUpFan, type VirtualFan, walkIn } from '../support/virtual-fan.ts'

/** What a placeholder may stand for: real things of a real fan, so that a request gets past the first checks. */
export type PlaceholderKind =
  | 'session'
  | 'operator'
  | 'spare'
  | 'pass'
  | 'receipt'
  | 'token'
  | 'code'
  | 'section'
  | 'email'
  | 'date'
  | NumberKind

/** Alone between quotes in a JSON text, the quotes go too. */
const numberKinds = [
  'account',
  'reservation',
  'payment',
  'ticket',
  'concert',
  'show',
  'seat',
  'seatNo',
  'price',
] as const
type NumberKind = (typeof numberKinds)[number]

export function placeholder(kind: PlaceholderKind, pick: number): string {
  return `~~${kind}.${pick}~~`
}

export type KnownThings = {
  /** The text with each placeholder replaced by what it stands for at this moment. */
  fill: (text: string) => string
  /** Makes some of the fans new, lets them in, and has each hold, pay and own something again. */
  refresh: () => Promise<void>
}

export const fanCount = 16

type Known = { client: VirtualFan; things: Partial<Record<PlaceholderKind, string>> }

export async function meetKnownThings(url: string, concertId: ConcertId): Promise<KnownThings> {
  const operator = await signIn(url, 'operator@greenroom.example')
  const page = await operator.api.catalogue.concert.query({ concertId })
  const fans: Known[] = []
  let round = 0
  let spare = ''

  const fill = (text: string): string =>
    text.replace(/"?~~(\w+)\.(\d+)~~"?/g, (match, kind: PlaceholderKind, pick: string) => {
      const value = lookUp(kind, Number(pick))
      const isQuoted = match.startsWith('"') && match.endsWith('"')
      if (isQuoted && numberKinds.some((each) => each === kind)) return value
      return `${match.startsWith('"') ? '"' : ''}${value}${match.endsWith('"') ? '"' : ''}`
    })
  const lookUp = (kind: PlaceholderKind, pick: number): string => {
    const fan = fans[pick % fanCount]
    const show = page.shows[pick % page.shows.length]
    const seatNo = 1 + ((pick * 7919) % (show?.seatCount ?? 1))
    const shared: Partial<Record<PlaceholderKind, string>> = {
      operator: operator.token,
      spare,
      concert: `${page.concertId}`,
      show: `${show?.showId ?? 1}`,
      seatNo: `${seatNo}`,
      seat: `${(show?.firstSeatId ?? 1) + seatNo - 1}`,
      date: dayOf(show?.startsAtMs ?? 0, page.timeZone),
      price: `${page.maxPriceMinor}`,
    }
    return shared[kind] ?? fan?.things[kind] ?? '1'
  }
  const refresh = async (): Promise<void> => {
    const places = Array.from({ length: fanCount }, (_, at) => at)
    await Promise.all(
      places.map(async (at) => {
        const old = at % 4 === round % 4 ? undefined : fans[at]
        const fan = old ?? { client: await signUpFan(url), things: {} }
        fans[at] = fan
        await provide(url, page, fan)
      }),
    )
    spare = (await signUpFan(url)).token
    round += 1
  }
  await refresh()
  return { fill, refresh }
}

type Step = { url: string; page: ConcertPage; client: VirtualFan; things: Known['things'] }

/** What a fan of the page does, as far as it is not refused: others meddle with the same things all the time. */
async function provide(url: string, page: ConcertPage, { client, things }: Known): Promise<void> {
  things.session = client.token
  things.account = `${client.accountId}`
  things.email = client.email
  const buys = things.ticket === undefined ? [enter, charge, hold, pay] : []
  // one of four keeps what they paid for as their reservation, so that there is something to give back
  const holds = client.accountId % 4 === 0 ? [enter] : [enter, hold]
  for (const act of [...buys, ...holds]) {
    await act({ url, page, client, things }).catch((error: unknown) => {
      if (greenroomError(error) === undefined) throw error
    })
  }
}

async function enter({ url, page, client, things }: Step): Promise<void> {
  things.pass = await walkIn(client, page.concertId)
  const reply = await fetch(`${url}/users/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId: client.accountId }),
  })
  const { token } = (await reply.json()) as { token?: string }
  if (token === undefined) return
  things.token = token
  things.receipt = token
}

async function charge({ client }: Step): Promise<void> {
  await client.api.wallet.charge.mutate({ amountMinor: 1_000_000, idempotencyKey: randomUUID() })
}

async function hold({ page, client, things }: Step): Promise<void> {
  const { showId } = known(page.shows[client.accountId % page.shows.length], 'show')
  const held = await client.api.reservations.holdBest.mutate({ showId, pass: things.pass ?? '', quantity: 1 })
  things.reservation = `${held.reservationId}`
  things.section = known(held.seats[0], 'seat').section
}

async function pay({ client, things }: Step): Promise<void> {
  // nothing to pay: what came before was refused
  if (things.reservation === undefined) return
  const paid = await client.api.payments.pay.mutate({
    reservationIds: [reservationId.parse(Number(things.reservation))],
    idempotencyKey: randomUUID(),
  })
  things.payment = `${paid.paymentId}`
  const ticketId = known(paid.ticketIds[0], 'ticket')
  things.ticket = `${ticketId}`
  things.code = (await client.api.tickets.get.query({ ticketId })).code
}

/** As Sweden writes a date: `2026-12-01`. */
function dayOf(atMs: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(atMs)
}
