import { randomUUID } from 'node:crypto'
import { openSale } from '@greenroom/bench'
import type { AccountId, ConcertId, ShowId } from '@greenroom/contract'
import { admit, type Deps, joinLine, signUp } from '@greenroom/core'
import { runBounded } from '@greenroom/crowd'
import type { InsideFan } from './inside-fans.ts'

export type OverloadSale = { concertId: ConcertId; showId: ShowId; inside: InsideFan[]; outside: string[] }

const seatCount = 20_000
const seatsPerFan = 10
/** As many passwords as the core hashes at once. */
const signUpsAtOnce = 3

/** A sale with a full room: these fans are inside, each with seats of their own in mind, and all others have to wait. */
export async function openOverloadSale(
  deps: Deps,
  counts: { inside: number; outside: number },
): Promise<OverloadSale> {
  const { concertId, shows } = await openSale(deps, { seatCount, showCount: 1, capacity: counts.inside })
  const [show] = shows
  if (show === undefined) throw new Error('a sale without a show')
  const people: { fanId: AccountId; token: string }[] = []
  await runBounded([...Array(counts.inside + counts.outside).keys()], signUpsAtOnce, async () => {
    const email = `${randomUUID()}@overload.example`
    const { account, token } = await signUp(deps, { email, password: 'greenroom', name: 'Fan', locale: 'en' })
    people.push({ fanId: account.accountId, token })
  })
  await admit(deps, { concertId })
  const inside: InsideFan[] = []
  for (const { fanId, token } of people.slice(0, counts.inside)) {
    const { entry } = await joinLine(deps, { concertId, fanId })
    if (entry.state !== 'active') throw new Error(`a fan is not inside but ${entry.state}`)
    const first = inside.length * seatsPerFan
    inside.push({
      token,
      pass: entry.pass,
      showId: show.showId,
      seatIds: show.seatIds.slice(first, first + seatsPerFan),
    })
  }
  return {
    concertId,
    showId: show.showId,
    inside,
    outside: people.slice(counts.inside).map(({ token }) => token),
  }
}
