import type { WebSocketRoute } from 'playwright-core'
import { failCall } from '../support/fail-call.ts'
import type { DemoConcert } from '../support/on-sale.ts'
import { until } from '../support/until.ts'
import { walkIn } from '../support/virtual-fan.ts'
import { aClub, type ConcertWish, inLobby } from './copy-concert.ts'
import { type House, lineUp, sellOut } from './house.ts'
import { rememberMissedTurn } from './missed-turn.ts'
import type { Scene, Stage } from './scene.ts'

/** The waiting room in every phase and state of the connection. */
export const lineScenes: Scene[] = [
  {
    name: 'line-loading',
    show: async (stage) => {
      const { concertId } = await crowded(stage.house)
      await stage.page.route(/\/trpc\/.*(waitingRoom|catalogue)/, () => undefined)
      await stage.goto(`/concerts/${concertId}/line`)
      await stage.page.locator('[aria-busy=true], .skeleton').first().waitFor()
    },
  },
  {
    name: 'line-outside',
    show: async (stage) => {
      await openLine(stage, await crowded(stage.house))
      await stage.page.getByRole('heading', { name: stage.say('not_in_line') }).waitFor()
    },
  },
  {
    name: 'line-outside-paused',
    show: async (stage) => {
      const concert = await stage.house.newConcert(aClub)
      const { concertId } = concert
      await stage.house.operator.api.operator.steerLine.mutate({ concertId, action: 'pause' })
      await openLine(stage, concert)
      await stage.page.getByText(stage.say('join_paused_hint')).waitFor()
    },
  },
  {
    name: 'line-join-failed',
    show: async (stage) => {
      await failCall(stage.page, 'waitingRoom.join')
      await openLine(stage, await crowded(stage.house))
      await stage.page.getByRole('button', { name: stage.say('join_line') }).click()
      await stage.page.getByText(stage.say('error_no_connection')).waitFor()
    },
  },
  {
    name: 'line-missed',
    show: async (stage) => {
      const { concertId } = await crowded(stage.house)
      await rememberMissedTurn(stage.page, concertId)
      await stage.goto(`/concerts/${concertId}/line`)
      await stage.page.getByRole('heading', { name: stage.say('turn_missed_title') }).waitFor()
    },
  },
  {
    name: 'line-before',
    show: async (stage) => {
      const opensInMinutes = 3 * 24 * 60
      const concert = await stage.house.sharedConcert('before', () =>
        stage.house.newConcert({ ...aClub, opensInMinutes }),
      )
      await openLine(stage, concert)
      await stage.page.getByRole('heading', { name: stage.say('phase_before') }).waitFor()
    },
  },
  {
    name: 'line-lobby',
    show: async (stage) => {
      const { house } = stage
      const concert = await house.sharedConcert('lobby', () => house.newConcert({ ...aClub, ...inLobby }))
      await stage.fan.line.join(concert.concertId)
      await openLine(stage, concert)
      await stage.page.getByText(stage.say('lobby_text')).waitFor()
    },
  },
  {
    name: 'line-drawn',
    show: async (stage) => {
      const { house, fan } = stage
      const concert = await house.newConcert({ ...aClub, ...inLobby, capacity: 0 })
      await fan.line.join(concert.concertId)
      await lineUp(house, concert.concertId)
      await house.sql("update lines set opens_at = now() - interval '3 seconds' where concert_id = $1", [
        concert.concertId,
      ])
      await until('the draw', async () => {
        const { entry, draw } = await fan.line.readStatus(concert.concertId)
        return entry.state === 'waiting' && entry.ahead !== null && draw?.seed ? true : undefined
      })
      await openLine(stage, concert)
      await stage.page.getByRole('button', { name: stage.say('check_draw') }).click()
      await stage.page.getByText(stage.say('draw_matches')).waitFor()
    },
  },
  { name: 'line-waiting', show: (stage) => wait(stage) },
  {
    name: 'line-moving',
    show: async (stage) => {
      const { house, page, say } = stage
      const concert = await house.sharedConcert('moving', async () => {
        const made = await house.newConcert({ ...aClub, ratePerMinute: 2 })
        await lineUp(house, made.concertId)
        return made
      })
      await stage.fan.line.join(concert.concertId)
      await openLine(stage, concert)
      await page.getByText(say('people_per_minute')).waitFor()
    },
  },
  {
    name: 'line-polling',
    show: async (stage) => {
      await stage.page.routeWebSocket(/socket\.io/, (socket) => socket.close())
      await stage.page.route(/socket\.io/, (route) => route.abort())
      await wait(stage)
      await stage.page.getByText(stage.say('live_polling')).waitFor()
    },
  },
  {
    name: 'line-reconnecting',
    show: async (stage) => {
      const { page, say } = stage
      const sockets: WebSocketRoute[] = []
      await page.routeWebSocket(/socket\.io/, (socket) => {
        socket.connectToServer()
        sockets.push(socket)
      })
      await wait(stage)
      await page.getByText(say('live_live')).waitFor()
      // the network is there, and nobody answers any more
      await page.routeWebSocket(/socket\.io/, (socket) => socket.close())
      await page.route(/socket\.io|waitingRoom/, (route) => route.abort())
      for (const socket of sockets) await socket.close()
      await page.getByText(say('live_reconnecting')).waitFor()
    },
  },
  {
    name: 'line-offline',
    show: async (stage) => {
      await wait(stage)
      await stage.page.context().setOffline(true)
      await stage.page.getByText(stage.say('live_reconnecting')).waitFor()
    },
  },
  {
    name: 'line-told',
    show: async (stage) => {
      const { concertId } = await wait(stage, { with: 'nobody' })
      await stage.house.operator.api.operator.tellLine.mutate({ concertId, message })
      await stage.page.getByText(message.en).or(stage.page.getByText(message.ko)).waitFor()
    },
  },
  {
    name: 'line-code',
    show: async (stage) => {
      const { page, say } = stage
      await wait(stage)
      await page.getByText(say('line_code_have')).click()
      await page.getByLabel(say('line_code_have')).fill('not a code')
      await page.getByLabel(say('line_code_have')).press('Enter')
      await page.getByText(say('error_code_refused')).waitFor()
    },
  },
  {
    name: 'line-challenge',
    show: async (stage) => {
      const { house, page, say } = stage
      const concert = await house.newConcert({ ...aClub, capacity: 0 })
      await house.operator.api.operator.guardLine.mutate({
        concertId: concert.concertId,
        challenge: 'work',
        challengeBits: 16,
        mostPerAddress: null,
      })
      // the work is never done
      await page.route(/challenge-worker/, () => undefined)
      await openLine(stage, concert)
      await page.getByRole('button', { name: say('join_line') }).click()
      await page.getByText(say('challenge_working')).waitFor()
    },
  },
  {
    name: 'line-widget',
    show: async (stage) => {
      const { house, page, say } = stage
      const concert = await house.newConcert({ ...aClub, capacity: 0 })
      await house.operator.api.operator.guardLine.mutate({
        concertId: concert.concertId,
        challenge: 'provider',
      })
      await openLine(stage, concert)
      await page.getByRole('button', { name: say('join_line') }).click()
      await page.frameLocator('iframe').getByRole('button', { name: 'I am a person' }).waitFor()
    },
  },
  {
    name: 'line-leave',
    show: async (stage) => {
      await wait(stage)
      await stage.page.getByRole('button', { name: stage.say('leave_line') }).click()
      await stage.page.getByRole('heading', { name: stage.say('leave_title') }).waitFor()
    },
  },
  {
    name: 'line-turn',
    show: async (stage) => {
      const concert = await wait(stage, { with: 'nobody' })
      const { concertId } = concert
      await stage.house.operator.api.operator.tuneLine.mutate({ concertId, capacity: 200 })
      await stage.page.getByRole('button', { name: stage.say('enter_now') }).waitFor()
    },
  },
  {
    name: 'line-inside',
    show: async (stage) => {
      const concert = await stage.house.sharedConcert('open', () => stage.house.newConcert(aClub))
      await walkIn(stage.fan, concert.concertId)
      await openLine(stage, concert)
      await stage.page.getByRole('heading', { name: stage.say('inside_title') }).waitFor()
    },
  },
  ...(
    [
      ['pause', 'line_paused'],
      ['drain', 'line_draining'],
      ['close', 'line_closed'],
    ] as const
  ).map(
    ([action, words]): Scene => ({
      name: `line-${action}`,
      show: async (stage) => {
        const { concertId } = await wait(stage, { with: 'nobody' })
        await stage.house.operator.api.operator.steerLine.mutate({ concertId, action })
        await stage.page.getByText(stage.say(words)).first().waitFor()
      },
    }),
  ),
  {
    name: 'line-sold-out',
    show: async (stage) => {
      await sellOut(stage.house, await wait(stage, { with: 'nobody' }))
      await stage.page.getByText(stage.say('line_sold_out')).waitFor()
    },
  },
  {
    name: 'line-refused',
    show: async (stage) => {
      await failCall(stage.page, 'waitingRoom.status', 'forbidden')
      await openLine(stage, await crowded(stage.house))
      await stage.page.getByText(stage.say('error_forbidden')).waitFor()
    },
  },
  {
    name: 'line-unknown',
    show: async (stage) => {
      await stage.goto('/concerts/999999/line')
      await stage.page
        .getByText(stage.say('error_not_found'))
        .or(stage.page.getByText(stage.say('not_found_title')))
        .waitFor()
    },
  },
]

const message = {
  ko: '공연장 앞이 혼잡해 입장을 10분 늦춰요. 순서는 그대로이니 이 화면을 열어 두고 기다려 주세요. 늦게 도착하는 분들을 위해 첫 곡은 8시 10분에 시작해요.',
  en: 'It is crowded outside the hall, so we let people in ten minutes later. Your place stays yours: leave this page open. For those who arrive late, the first song begins at ten past eight.',
}

/** Nobody gets in, and a dozen are ahead of whoever comes. */
function crowded(house: House): Promise<DemoConcert> {
  return house.sharedConcert('crowded', async () => {
    const concert = await house.newConcert({ ...aClub, capacity: 0 })
    await lineUp(house, concert.concertId)
    return concert
  })
}

/** The fan waits: behind the crowd, or at a concert of their own, for what changes it. */
async function wait(stage: Stage, behind: { with?: 'nobody' } = {}): Promise<DemoConcert> {
  const noEntry: ConcertWish = { ...aClub, capacity: 0 }
  const concert =
    behind.with === 'nobody' ? await stage.house.newConcert(noEntry) : await crowded(stage.house)
  await stage.fan.line.join(concert.concertId)
  await openLine(stage, concert)
  // what is promised is drawn before the place is known; what can be given up is not
  await stage.page.getByRole('button', { name: stage.say('leave_line') }).waitFor()
  return concert
}

async function openLine({ goto }: Stage, { concertId }: DemoConcert): Promise<void> {
  await goto(`/concerts/${concertId}/line`)
}
