import { concertId, type SeatId, type ShowId } from '@greenroom/contract'
import type { TestProcesses } from '@greenroom/stack'
import { onTestFinished } from 'vitest'
import { createGreenroom, type Greenroom, type GreenroomOptions } from '../create-greenroom.ts'
import type { LiveState } from '../live-deps.ts'
import { readSeatStatus, type SeatState } from '../seat-state.ts'

/** The demo's club: 50 seats, on sale, with room for everybody a test brings. */
export const club = concertId.parse(1)

/** What a fan's page takes to recover, with servers being started in between on a busy machine. */
export const patiently = { timeout: 40_000, interval: 50 }

/** One of the demo's fans, with a client of their own. */
export async function signedIn(
  processes: Pick<TestProcesses, 'url' | 'gatewayUrl'>,
  fan: number,
  options: Partial<GreenroomOptions> = {},
): Promise<{ greenroom: Greenroom }> {
  const greenroom = createGreenroom({ apiUrl: processes.url, gatewayUrl: processes.gatewayUrl, ...options })
  const person = { email: `fan${fan}@greenroom.example`, password: 'greenroom' }
  greenroom.setToken((await greenroom.api.accounts.signIn.mutate(person)).token)
  return { greenroom }
}

/** One of the demo's fans, inside the club's sale. */
export async function letIn(
  processes: Pick<TestProcesses, 'url' | 'gatewayUrl'>,
  fan: number,
  options: Partial<GreenroomOptions> = {},
): Promise<{ greenroom: Greenroom; pass: string }> {
  const { greenroom } = await signedIn(processes, fan, options)
  const { entry } = await greenroom.line.join(club)
  if (entry.state !== 'active') throw new Error(`not inside but ${entry.state}`)
  return { greenroom, pass: entry.pass }
}

/** A fan's open map, until the test ends. */
export function watchSeats(greenroom: Greenroom, show: ShowId, pass: string) {
  const states: LiveState[] = []
  let seats: SeatState | undefined
  const watch = greenroom.live.watchShow(show, pass, {
    onSnapshot: (all) => {
      seats = all
    },
    onFrame: () => undefined,
    onState: (state) => states.push(state),
  })
  onTestFinished(watch.stop)
  return { states, statusOf: (id: SeatId) => seats && readSeatStatus(seats, id) }
}
