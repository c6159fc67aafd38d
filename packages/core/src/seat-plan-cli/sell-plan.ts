import { DomainError, seatPlanId } from '@greenroom/contract'
import { addConcert, addShow, listSeatPlans, readShowTimes } from '../catalogue/index.ts'
import { inTransaction } from '../platform/database.ts'
import { readPrices } from './read-prices.ts'
import { withDatabase } from '../platform/with-database.ts'

type SellOptions = {
  title: string
  artist: string
  price: string[]
  inDays: string
  timeZone: string
  capacity: string
  seatsPerFan: string
  line: 'fifo' | 'lottery'
  opensIn: string
}

export async function sellPlan(plan: string, options: SellOptions): Promise<void> {
  const { title, timeZone, line } = options
  const both = { ko: title, en: title }
  const { concertId, showId } = await withDatabase(async (deps) => {
    const id = seatPlanId.safeParse(Number(plan))
    const found = (await listSeatPlans(deps)).find(({ seatPlanId: known }) => known === id.data)
    if (found === undefined) throw new DomainError('NOT_FOUND', { what: 'seatPlan' })
    return await inTransaction(deps.db, async (tx) => {
      const times = await readShowTimes(tx, { timeZone, inDays: [Number(options.inDays)], hour: 19 })
      const [startsAtMs] = times.startsAtMs
      if (startsAtMs === undefined) throw new Error('one day was asked for and no time came back')
      const opensAtMs = times.nowMs + Number(options.opensIn) * 60_000
      const made = await addConcert(tx, {
        title: both,
        artist: options.artist,
        about: both,
        venue: { ko: found.name, en: found.name },
        timeZone,
        seatsPerFan: Number(options.seatsPerFan),
        seatPlanId: found.seatPlanId,
        prices: readPrices(options.price, found.categories),
        line: {
          mode: line,
          capacity: Number(options.capacity),
          opensAtMs,
          lobbyOpensAtMs: opensAtMs > times.nowMs ? times.nowMs : null,
          closesAtMs: startsAtMs,
        },
      })
      return {
        concertId: made,
        showId: await addShow(tx, { concertId: made, seatPlanId: found.seatPlanId, startsAtMs }),
      }
    })
  })
  process.stdout.write(`concert ${concertId}, show ${showId}: "${title}" is on sale\n`)
}
