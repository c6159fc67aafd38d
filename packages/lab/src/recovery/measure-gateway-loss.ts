import { createGreenroom, type Greenroom, type SeatState } from '@greenroom/client'
import { seatStatusOf } from '@greenroom/contract'
import { readShows } from '../checks/read-season-state.ts'
import { type LabFan, signUpLabFans } from '../fans/lab-fan.ts'
import { createRandom } from '../seeded-random.ts'
import { openSale } from '../world/open-sale.ts'
import type { World } from '../world/start-world.ts'
import type { RecoveryMeasurement } from './recovery-figures.ts'
import { timeUntil } from './until.ts'

const accounts = 250
/** What a gateway lets one account have. */
const socketsPerAccount = 20
/** People arrive over some seconds, not in one instant. */
const opensAtOnce = 100

type Page = { state: string; seats: SeatState | undefined }

/** Kill -9 of a gateway that has 5,000 sockets: until all of them are live at the other one, with the right map. */
export async function measureGatewayLoss(world: World): Promise<RecoveryMeasurement> {
  const [first, second] = world.appsOf('gateway')
  if (first === undefined || second === undefined) throw new Error('two gateways are needed')
  second.kill()
  const sale = await openSale(world.postgres, { like: 2, shows: 1, capacity: accounts + 10 })
  await world.postgres.query('update lines set pass_ttl_ms = 600000 where concert_id = $1', [sale.concertId])
  const [show] = sale.shows
  if (show === undefined) throw new Error('a show is needed')
  const fans = await signUpLabFans(world, createRandom('gateway'), accounts)
  const pages: Page[] = []
  const openedMs = performance.now()
  const passes = new Map<LabFan, string>()
  for (const fan of fans) passes.set(fan, await enter(fan.greenroom, sale.concertId))
  const openOne = (fan: LabFan): void => {
    const page: Page = { state: 'new', seats: undefined }
    pages.push(page)
    createGreenroom({
      apiUrl: world.url,
      gatewayUrl: world.gatewayUrl,
      token: fan.token,
      transports: ['websocket'],
    }).live.watchShow(show.showId, passes.get(fan) ?? '', {
      onSnapshot: (seats) => {
        page.seats = seats
      },
      onFrame: () => undefined,
      onState: (state) => {
        page.state = state
      },
    })
  }
  const live = (): number => pages.filter(({ state }) => state === 'live').length
  for (let n = 0; n < socketsPerAccount; n++) {
    for (const [index, fan] of fans.entries()) {
      openOne(fan)
      if (index % opensAtOnce === 0) {
        await timeUntil('sockets to open', () => pages.length - live() < 2 * opensAtOnce)
      }
    }
  }
  await timeUntil('all sockets to be live', () => live() === pages.length)
  const firstOpenMs = Math.round(performance.now() - openedMs)

  await second.bringUp()
  first.kill()
  const beganMs = performance.now()
  // something happens while nobody hears it
  const [buyer] = fans
  if (buyer === undefined) throw new Error('a buyer is needed')
  await buyer.greenroom.api.reservations.holdBest.mutate({
    showId: show.showId,
    pass: passes.get(buyer) ?? '',
    quantity: 2,
  })
  await timeUntil('the loss to be seen', () => live() < pages.length)
  const backMs = await timeUntil('half of them', () => live() >= pages.length / 2)
  await timeUntil('all sockets to be back', () => live() === pages.length)
  await timeUntil('every map to be right', async () => {
    const [truth] = await readShows(world.postgres, [show.showId])
    return pages.every(({ seats }) =>
      truth?.statuses.every((status, n) => seatStatusOf(seats?.codes[n] ?? 3) === status),
    )
  })
  return {
    name: 'gateway-lost',
    says: 'kill -9 of a gateway with 5,000 sockets: all live at the other one, every map right',
    tookMs: Math.round(performance.now() - beganMs),
    floor: { says: 'the same sockets opened with nothing broken, a hundred at a time', tookMs: firstOpenMs },
    details: { sockets: pages.length, halfBackMs: backMs },
  }
}

async function enter(
  greenroom: Greenroom,
  concertId: Parameters<Greenroom['line']['join']>[0],
): Promise<string> {
  const { entry } = await greenroom.line.join(concertId)
  if (entry.state !== 'active') throw new Error(`let in at once was expected, and it is ${entry.state}`)
  return entry.pass
}
