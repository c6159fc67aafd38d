import { createGreenroom, type SeatState } from '@greenroom/client'
import { showId } from '@greenroom/contract'
import type { OpenPages, PagesSeen } from './page-messages.ts'

/** A process full of open pages, as many people have them: started by the measurement, talked to by messages. */
type Page = { state: string; seats: SeatState | undefined }

const pages: Page[] = []

process.on('message', (message: OpenPages | 'look') => {
  if (message === 'look') process.send?.(look())
  else for (const viewer of message.viewers) open(message, viewer)
})
process.on('disconnect', () => process.exit(0))

function open(where: OpenPages, viewer: OpenPages['viewers'][number]): void {
  const page: Page = { state: 'new', seats: undefined }
  pages.push(page)
  const { apiUrl, gatewayUrl } = where
  const greenroom = createGreenroom({ apiUrl, gatewayUrl, token: viewer.token, transports: ['websocket'] })
  greenroom.live.watchShow(showId.parse(where.showId), viewer.pass, {
    onSnapshot: (seats) => {
      page.seats = seats
    },
    onFrame: () => undefined,
    onState: (state) => {
      page.state = state
    },
  })
}

function look(): PagesSeen {
  const maps: Record<string, number> = {}
  for (const { seats } of pages) {
    const map = seats === undefined ? 'none' : seats.codes.join('')
    maps[map] = (maps[map] ?? 0) + 1
  }
  return { pages: pages.length, live: pages.filter(({ state }) => state === 'live').length, maps }
}
