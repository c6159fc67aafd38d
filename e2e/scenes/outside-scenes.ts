import type { Route } from 'playwright-core'
import { fillSignUp } from '../support/journey.ts'
import { club, type DemoConcert, theatre } from '../support/on-sale.ts'
import { aClub, type ConcertWish, inLobby } from './copy-concert.ts'
import { cancelFirstDate, type House, sellOut, stopSale } from './house.ts'
import type { Scene, Stage } from './scene.ts'

/** What anybody sees: the front page, concerts, the two forms, and pages that are not there. */
export const outsideScenes: Scene[] = [
  { name: 'front', as: 'nobody', show: (stage) => open(stage, '/') },
  {
    name: 'front-loading',
    as: 'nobody',
    show: async ({ page, goto }) => {
      await page.route('**/trpc/**', () => undefined)
      await goto('/')
      await page.locator('[aria-busy=true], .skeleton').first().waitFor()
    },
  },
  {
    name: 'front-empty',
    as: 'nobody',
    show: async (stage) => {
      await stage.page.route(/\/trpc\/.*catalogue\.concerts/, answerWithoutConcerts)
      await open(stage, '/')
      await stage.page.getByText(stage.say('no_concerts_title')).waitFor()
    },
  },
  {
    name: 'front-error',
    as: 'nobody',
    show: async ({ page, say, goto }) => {
      await page.route('**/trpc/**', (route) => route.abort())
      await goto('/')
      await page.getByRole('button', { name: say('try_again') }).waitFor()
    },
  },
  {
    name: 'front-offline',
    as: 'nobody',
    show: async (stage) => {
      await open(stage, '/')
      await stage.page.context().setOffline(true)
      await stage.page.getByText(stage.say('offline')).waitFor()
    },
  },
  {
    name: 'account-menu',
    show: async (stage) => {
      await open(stage, '/')
      await stage.page.getByRole('button', { name: stage.say('nav_account') }).click()
      await stage.page.getByRole('button', { name: stage.say('sign_out') }).waitFor()
    },
  },
  { name: 'concert', as: 'nobody', show: (stage) => open(stage, `/concerts/${club.concertId}`) },
  { name: 'concert-theatre', show: (stage) => open(stage, `/concerts/${theatre.concertId}`) },
  {
    name: 'concert-before',
    as: 'nobody',
    show: (stage) => openCopy(stage, { name: 'before', line: { opensInMinutes: 3 * 24 * 60 } }),
  },
  {
    name: 'concert-lobby',
    as: 'nobody',
    show: (stage) => openCopy(stage, { name: 'lobby', line: inLobby }),
  },
  ...(['pause', 'drain', 'close'] as const).map(
    (action): Scene => ({
      name: `concert-${action}`,
      as: 'nobody',
      show: (stage) =>
        openCopy(stage, {
          name: action,
          afterwards: ({ operator }, { concertId }) =>
            operator.api.operator.steerLine.mutate({ concertId, action }),
        }),
    }),
  ),
  {
    name: 'concert-sold-out',
    as: 'nobody',
    show: async (stage) => {
      await openCopy(stage, { name: 'sold out', afterwards: sellOut })
      await stage.page.getByText(stage.say('phase_sold_out')).first().waitFor()
    },
  },
  {
    name: 'concert-stopped',
    as: 'nobody',
    show: (stage) => openCopy(stage, { name: 'stopped', afterwards: stopSale }),
  },
  {
    name: 'concert-cancelled',
    as: 'nobody',
    show: async (stage) => {
      await openCopy(stage, { name: 'cancelled', afterwards: cancelFirstDate })
      await stage.page.getByText(stage.say('error_show_cancelled')).waitFor()
    },
  },
  { name: 'design', as: 'nobody', show: (stage) => open(stage, '/design') },
  { name: 'not-found', as: 'nobody', show: (stage) => open(stage, '/nowhere') },
  { name: 'concert-not-found', as: 'nobody', show: (stage) => open(stage, '/concerts/999999') },
  { name: 'sign-in', as: 'nobody', show: (stage) => open(stage, '/sign-in') },
  {
    name: 'sign-in-refused',
    as: 'nobody',
    show: async (stage) => {
      const { page, say } = stage
      await open(stage, '/sign-in')
      await page.getByLabel(say('email')).fill('nobody@greenroom.example')
      await page.getByLabel(say('password')).fill('not the password')
      await page.getByRole('button', { name: say('sign_in') }).click()
      await page.getByText(say('error_wrong_credentials')).waitFor()
    },
  },
  { name: 'sign-up', as: 'nobody', show: (stage) => open(stage, '/sign-up') },
  {
    name: 'sign-up-refused',
    as: 'nobody',
    show: async (stage) => {
      await open(stage, '/sign-up')
      await fillSignUp(stage, { name: '박미나', email: 'fan1@greenroom.example' })
      await stage.page.getByText(stage.say('error_email_taken')).waitFor()
    },
  },
]

/** Goes there and waits for the heading that every page has, and until it is no skeleton any more. */
export async function open({ page, goto }: Stage, path: string): Promise<void> {
  await goto(path)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.locator('main [aria-busy=true]:not(button)').first().waitFor({ state: 'hidden' })
}

async function openCopy(
  stage: Stage,
  copy: {
    name: string
    line?: Partial<ConcertWish>
    afterwards?: (house: House, concert: DemoConcert) => Promise<unknown>
  },
): Promise<void> {
  const { house } = stage
  const { concertId } = await house.sharedConcert(copy.name, async () => {
    const concert = await house.newConcert({ ...aClub, ...copy.line })
    await copy.afterwards?.(house, concert)
    return concert
  })
  await open(stage, `/concerts/${concertId}`)
}

/** The page's answers as they are, but for a concert list with nothing on it. */
async function answerWithoutConcerts(route: Route): Promise<void> {
  const names = new URL(route.request().url()).pathname.replace('/trpc/', '').split(',')
  const response = await route.fetch()
  const answers: unknown = await response.json()
  if (!Array.isArray(answers)) throw new Error('a batch is answered by a list')
  const json = answers.map((answer: unknown, at) =>
    names[at] === 'catalogue.concerts' ? { result: { data: [] } } : answer,
  )
  await route.fulfill({ response, json })
}
