import { pickOnMap, seatInList, showList } from '../support/journey.ts'
import { club, type DemoConcert, theatre } from '../support/on-sale.ts'
import { hold, signUpFan, walkIn } from '../support/virtual-fan.ts'
import { aClub } from './copy-concert.ts'
import { sellOut, stopSale } from './house.ts'
import { rememberMissedTurn } from './missed-turn.ts'
import type { Scene, Stage } from './scene.ts'

/** Choosing seats: the map, the list, the basket, and everything that may come between. */
export const seatScenes: Scene[] = [
  {
    name: 'seats-outside',
    show: async (stage) => {
      await stage.goto(`/concerts/${club.concertId}/shows/${club.shows[0]}`)
      await stage.page.getByRole('heading', { name: stage.say('needs_pass_title') }).waitFor()
    },
  },
  {
    name: 'seats-turn',
    show: async (stage) => {
      const { house, fan, goto, page, say } = stage
      const { concertId, shows } = await house.newConcert({ ...aClub, capacity: 0 })
      await fan.line.join(concertId)
      await goto(`/concerts/${concertId}/shows/${shows[0]}`)
      await page.getByRole('link', { name: say('to_line') }).waitFor()
      await house.operator.api.operator.tuneLine.mutate({ concertId, capacity: 200 })
      await page.getByRole('button', { name: say('enter_now') }).waitFor()
    },
  },
  {
    name: 'seats-missed',
    show: async ({ house, goto, page, say }) => {
      const { concertId, shows } = await house.sharedConcert('missed', () => house.newConcert(aClub))
      await rememberMissedTurn(page, concertId)
      await goto(`/concerts/${concertId}/shows/${shows[0]}`)
      await page.getByRole('heading', { name: say('turn_missed_title') }).waitFor()
    },
  },
  {
    name: 'seats-failed',
    show: async (stage) => {
      await stage.page.route('**/geometry/**', (route) => route.abort())
      await enter(stage, theatre)
      await stage.page.getByRole('button', { name: stage.say('try_again') }).waitFor()
    },
  },
  {
    name: 'seats-loading',
    show: async (stage) => {
      await stage.page.route('**/geometry/**', () => undefined)
      await enter(stage, theatre)
      await stage.page.locator('[aria-busy=true].skeleton').waitFor()
    },
  },
  { name: 'seats-map', show: (stage) => openMap(stage) },
  { name: 'seats-map-small', show: (stage) => openMap(stage, club) },
  {
    name: 'seats-closer',
    show: async (stage) => {
      await openMap(stage)
      for (let times = 0; times < 3; times++)
        await stage.page.getByRole('button', { name: stage.say('map_zoom_in') }).click()
    },
  },
  {
    name: 'seats-filtered',
    show: async (stage) => {
      await openMap(stage)
      await stage.page
        .getByRole('group', { name: stage.say('filter_by_category') })
        .getByRole('button')
        .nth(1)
        .click()
    },
  },
  {
    name: 'seats-picked',
    show: async (stage) => {
      await openMap(stage)
      await pickOnMap(stage)
    },
  },
  {
    name: 'seats-basket',
    show: async (stage) => {
      await openMap(stage)
      await pickOnMap(stage)
      await openBasket(stage)
    },
  },
  {
    name: 'seats-list',
    show: async (stage) => {
      await openMap(stage)
      await showList(stage)
    },
  },
  {
    name: 'seats-list-picked',
    show: async (stage) => {
      await openMap(stage, club)
      await showList(stage)
      await seatInList(stage, 21, 'available').click()
      await seatInList(stage, 21, 'selected').waitFor()
    },
  },
  {
    name: 'seats-single',
    show: async (stage) => {
      await openMap(stage, club)
      await showList(stage)
      await seatInList(stage, 22, 'available').click()
      await seatInList(stage, 22, 'selected').waitFor()
      await stage.page.getByRole('button', { name: stage.say('view_map') }).click()
      await openBasket(stage)
      await stage.page.getByText(stage.say('single_title')).waitFor()
    },
  },
  {
    name: 'seats-held',
    show: async (stage) => {
      await openMap(stage)
      await openBasket(stage)
      await stage.page.getByRole('button', { name: stage.say('best_button') }).click()
      await stage.page.getByText(stage.say('held_count', { count: 2 })).waitFor()
      await stage.page.getByText(stage.say('best_found')).waitFor({ state: 'hidden' })
      // what was found is what the map shows, also on a phone, where the basket covered it until then
      await stage.page.locator('p > span', { hasText: /^1F [A-E]$/ }).waitFor()
    },
  },
  {
    name: 'seats-lost',
    show: async (stage) => {
      const concert = await stage.house.newConcert(aClub)
      await enter(stage, concert)
      await showList(stage)
      for (const number of [21, 22]) await seatInList(stage, number, 'available').click()
      const rival = await signUpFan(stage.house.sale.url)
      const pass = await walkIn(rival, concert.concertId)
      await hold(rival, concert.shows[0], pass, [concert.seat(22)])
      await stage.page
        .getByRole('alert')
        .getByText(stage.say('lost_kept', { count: 1 }))
        .waitFor()
    },
  },
  {
    name: 'seats-none-left',
    show: async (stage) => {
      const concert = await stage.house.newConcert(aClub)
      await walkIn(stage.fan, concert.concertId)
      await sellOut(stage.house, concert)
      await openMap(stage, concert)
      await openBasket(stage)
      await stage.page.getByRole('button', { name: stage.say('best_button') }).click()
      await stage.page.getByText(stage.say('error_none_left')).first().waitFor()
    },
  },
  {
    name: 'seats-stopped',
    show: async (stage) => {
      const concert = await stage.house.newConcert(aClub)
      await stopSale(stage.house, concert)
      await openMap(stage, concert)
      await stage.page.getByText(stage.say('error_sale_stopped')).first().waitFor()
    },
  },
  {
    name: 'seats-turn-over',
    show: async (stage) => {
      // long enough for the page to be there before it ends
      await enter(stage, await stage.house.newConcert({ ...aClub, passTtlMs: 10_000 }))
      await stage.page.getByRole('heading', { name: stage.say('pass_over_title') }).waitFor()
    },
  },
]

/** Inside, at the first date's seats. */
async function enter({ fan, goto }: Stage, concert: DemoConcert): Promise<void> {
  await walkIn(fan, concert.concertId)
  await goto(`/concerts/${concert.concertId}/shows/${concert.shows[0]}`)
}

async function openMap(stage: Stage, concert = theatre): Promise<void> {
  await enter(stage, concert)
  await stage.page.getByRole('button', { name: stage.say('map_overview') }).waitFor()
}

/** Beside the map on a desktop, a sheet on a phone. */
async function openBasket({ page, say, device }: Stage): Promise<void> {
  if (device === 'phone') await page.getByRole('button', { name: say('basket_open') }).click()
}
