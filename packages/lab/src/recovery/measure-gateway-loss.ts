import type { Greenroom } from '@greenroom/client'
import { seatStatusCode } from '@greenroom/contract'
import { readShows } from '../checks/read-season-state.ts'
import { signUpLabFans } from '../fans/lab-fan.ts'
import { createRandom } from '../seeded-random.ts'
import { openSale } from '../world/open-sale.ts'
import type { World } from '../world/start-world.ts'
import type { RecoveryMeasurement } from './recovery-figures.ts'
import { type Pages, startPages } from './start-pages.ts'
import { timeUntil } from './until.ts'

const accounts = 250
/** What a gateway lets one account have. */
const pagesPerAccount = 20

/** Kill -9 of a gateway that has 5,000 sockets: until all of them are live at the other one, with the right map. */
export async function measureGatewayLoss(world: World): Promise<RecoveryMeasurement> {
  const pages = startPages()
  try {
    return await measure(world, pages)
  } finally {
    pages.stop()
  }
}

async function measure(world: World, pages: Pages): Promise<RecoveryMeasurement> {
  const [first, second] = world.appsOf('gateway')
  if (first === undefined || second === undefined) throw new Error('two gateways are needed')
  second.kill()
  const sale = await openSale(world.postgres, { like: 2, shows: 1, capacity: accounts + 10 })
  await world.postgres.query('update lines set pass_ttl_ms = 600000 where concert_id = $1', [sale.concertId])
  const [show] = sale.shows
  if (show === undefined) throw new Error('a show is needed')
  const fans = await signUpLabFans(world, createRandom('gateway'), accounts)
  const viewers: { token: string; pass: string }[] = []
  for (const { greenroom, token } of fans)
    viewers.push({ token, pass: await enter(greenroom, sale.concertId) })

  const openedMs = performance.now()
  for (let n = 1; n <= pagesPerAccount; n++) {
    pages.open({ apiUrl: world.url, gatewayUrl: world.gatewayUrl, showId: show.showId, viewers })
    await untilLive(pages, n * accounts)
  }
  const openingMs = Math.round(performance.now() - openedMs)
  await second.bringUp()

  first.kill()
  const beganMs = performance.now()
  // something happens while nobody hears it
  const [buyer] = fans
  const pass = viewers[0]?.pass ?? ''
  await buyer?.greenroom.api.reservations.holdBest.mutate({ showId: show.showId, pass, quantity: 2 })
  const all = accounts * pagesPerAccount
  const sinceLoss = (): number => Math.round(performance.now() - beganMs)
  await timeUntil('the loss to be seen', async () => (await pages.look()).live < all / 2)
  await untilLive(pages, all / 2)
  const halfBackMs = sinceLoss()
  await untilLive(pages, 0.99 * all)
  const mostBackMs = sinceLoss()
  await untilLive(pages, all)
  const allBackMs = sinceLoss()
  await timeUntil('every map to be right', async () => {
    const [truth] = await readShows(world.postgres, [show.showId])
    const map = truth?.statuses.map((status) => seatStatusCode[status]).join('') ?? ''
    return (await pages.look()).maps[map] === all
  })
  return {
    name: 'gateway-lost',
    says: 'kill -9 of a gateway with 5,000 sockets: all live at the other one, every map right',
    tookMs: sinceLoss(),
    floor: { says: 'the same sockets opened with nothing broken, 250 at a time', tookMs: openingMs },
    details: { sockets: all, halfBackMs, mostBackMs, allBackMs },
  }
}

async function untilLive(pages: Pages, count: number): Promise<void> {
  await timeUntil(`${count} pages to be live`, async () => (await pages.look()).live >= count)
}

async function enter(
  greenroom: Greenroom,
  concertId: Parameters<Greenroom['line']['join']>[0],
): Promise<string> {
  const { entry } = await greenroom.line.join(concertId)
  if (entry.state !== 'active') throw new Error(`let in at once was expected, and it is ${entry.state}`)
  return entry.pass
}
