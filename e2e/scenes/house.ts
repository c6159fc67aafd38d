import type { ConcertId } from '@greenroom/contract'
import { type DemoConcert, type OnSale, theatre } from '../support/on-sale.ts'
import { query } from '../support/query.ts'
import { buy, signIn, signUpFans, type VirtualFan, walkIn } from '../support/virtual-fan.ts'
import { type ConcertWish, copyConcert } from './copy-concert.ts'

/** Where the scenes play: the product with its demo, its operator, and a few people who stand in line before others. */
export type House = {
  sale: OnSale
  operator: VirtualFan
  crowd: VirtualFan[]
  /** A concert that nothing else happens at. */
  newConcert: (wish: ConcertWish) => Promise<DemoConcert>
  /** One for all who ask for it by that name: whoever looks at it leaves it as it is. */
  sharedConcert: (name: string, make: () => Promise<DemoConcert>) => Promise<DemoConcert>
  /** As the owner of the database, for what only time or a fault brings about. */
  sql: (text: string, values: unknown[]) => Promise<unknown>
}

const crowdSize = 12

export async function openHouse(sale: OnSale): Promise<House> {
  const [operator, crowd] = await Promise.all([
    signIn(sale.url, 'operator@greenroom.example'),
    signUpFans(sale.url, crowdSize),
  ])
  // one after another: each takes the seat ids that follow the last ones
  let latest: Promise<unknown> = Promise.resolve()
  const newConcert: House['newConcert'] = (wish) => {
    const next = latest.then(() => copyConcert(sale.databaseUrl, wish))
    latest = next
    return next
  }
  const shared = new Map<string, Promise<DemoConcert>>()
  return {
    sale,
    operator,
    crowd,
    newConcert,
    sharedConcert: (name, make) => {
      const concert = shared.get(name) ?? make()
      shared.set(name, concert)
      return concert
    },
    sql: (text, values) => query(sale.databaseUrl, text, values),
  }
}

/** Puts the crowd in line, who then are ahead of whoever joins next. */
export async function lineUp({ crowd }: House, concertId: ConcertId): Promise<void> {
  for (const fan of crowd) await fan.line.join(concertId)
}

/** No seat of the concert can be had any more. */
export async function sellOut({ sql }: House, { concertId }: DemoConcert): Promise<void> {
  await sql(
    "update seats set status = 'blocked' where show_id in (select id from shows where concert_id = $1)",
    [concertId],
  )
}

/** What the check of each minute does when an invariant is broken at a show: here the first date's. */
export async function stopSale({ sql }: House, { shows }: DemoConcert): Promise<void> {
  await sql("update shows set stopped_by = 'one-owner-per-seat' where id = $1", [shows[0]])
}

/** The first date does not take place: who paid for it gets the money back. */
export async function cancelFirstDate({ operator }: House, { shows: [showId] }: DemoConcert): Promise<void> {
  await operator.api.boxOffice.cancelShow.mutate({ showId, reason: 'The singer has lost her voice.' })
}

/** A theatre that others have been to before: forty parties, half of whom have paid. */
export async function fillTheatre({ sale }: House): Promise<void> {
  for (const [at, fan] of (await signUpFans(sale.url, 40)).entries()) {
    const pass = await walkIn(fan, theatre.concertId)
    const quantity = 1 + (at % 4)
    const held = await fan.api.reservations.holdBest.mutate({ showId: theatre.shows[0], pass, quantity })
    if (at % 2 === 0) await buy(fan, held)
  }
}
