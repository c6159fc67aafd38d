import type { Reservation } from '@greenroom/contract'
import { known } from '../support/known.ts'
import { buy, signUpFan, type VirtualFan } from '../support/virtual-fan.ts'
import type { BusySale } from './busy-sale.ts'
import { open } from './outside-scenes.ts'
import type { Scene, Stage } from './scene.ts'

/** What a crowd changes from second to second: the line, the map, and what an operator sees of it. */
export function crowdScenes({ concert, code }: BusySale): Scene[] {
  const { concertId } = concert
  const [showId] = concert.shows
  /** By the code, since a place in line would take minutes. */
  const goInside = async (fan: VirtualFan): Promise<string> => {
    const entry = await fan.line.useCode(concertId, code)
    if (entry.state !== 'active') throw new Error(`not inside: ${entry.state}`)
    return entry.pass
  }
  const buyTwo = async (fan: VirtualFan): Promise<Reservation> => {
    const pass = await goInside(fan)
    const held = await fan.api.reservations.holdBest.mutate({ showId, pass, quantity: 2 })
    await buy(fan, held)
    return held
  }
  const openMap = async ({ fan, goto, page, say }: Stage): Promise<void> => {
    await goInside(fan)
    await goto(`/concerts/${concertId}/shows/${showId}`)
    await page.getByRole('button', { name: say('map_overview') }).waitFor()
    await watchAWhile(page)
  }
  const joinLine = async ({ fan, goto, page, say }: Stage): Promise<void> => {
    await fan.line.join(concertId)
    await goto(`/concerts/${concertId}/line`)
    await page.getByRole('button', { name: say('leave_line') }).waitFor()
    await page.getByText(say('people_per_minute')).waitFor()
    await page.getByText(say('live_live')).waitFor()
  }
  /** The console, about this sale. */
  const operate = (name: string, path: string, show: (stage: Stage) => Promise<unknown>): Scene => ({
    name: `crowd-${name}`,
    as: 'operator',
    isWhole: true,
    show: async (stage) => {
      await open(stage, path)
      await show(stage)
    },
  })
  return [
    { name: 'crowd-front', as: 'nobody', isWhole: true, show: (stage) => open(stage, '/') },
    { name: 'crowd-concert', isWhole: true, show: (stage) => open(stage, `/concerts/${concertId}`) },
    {
      name: 'crowd-line-outside',
      show: async ({ goto, page, say }) => {
        await goto(`/concerts/${concertId}/line`)
        await page.getByRole('button', { name: say('join_line') }).waitFor()
        await page.getByText(say('people_per_minute')).waitFor()
      },
    },
    { name: 'crowd-line', isWhole: true, show: joinLine },
    {
      name: 'crowd-line-inside',
      show: async ({ fan, goto, page, say }) => {
        await goInside(fan)
        await goto(`/concerts/${concertId}/line`)
        await page.getByRole('heading', { name: say('inside_title') }).waitFor()
        await page.locator('main ul a').first().waitFor()
      },
    },
    { name: 'crowd-map', show: openMap },
    {
      name: 'crowd-map-closer',
      show: async (stage) => {
        await openMap(stage)
        for (let times = 0; times < 3; times++)
          await stage.page.getByRole('button', { name: stage.say('map_zoom_in') }).click()
      },
    },
    {
      name: 'crowd-held',
      show: async (stage) => {
        const { page, say, device } = stage
        await openMap(stage)
        if (device === 'phone') await page.getByRole('button', { name: say('basket_open') }).click()
        await page.getByRole('button', { name: say('best_button') }).click()
        await page.getByText(say('held_count', { count: 2 })).waitFor()
        await page.getByText(say('best_found')).waitFor({ state: 'hidden' })
      },
    },
    operate('admin', `/admin?concert=${concertId}`, async ({ page, say }) => {
      await page.locator('.uplot canvas').first().waitFor()
      await page.getByRole('button', { name: say('map_overview') }).waitFor()
      await page.getByText(say('conversion')).first().waitFor()
      await watchAWhile(page)
    }),
    operate('admin-code', `/admin?concert=${concertId}`, async ({ page, say }) => {
      await page.getByLabel(say('bypass_code_label')).fill('The band’s families, and whoever they bring')
      await page.getByRole('button', { name: say('bypass_code_create') }).click()
      const dialog = page.getByRole('alertdialog')
      await dialog.getByRole('button', { name: say('bypass_code_create') }).click()
      await page.getByRole('button', { name: say('copy') }).waitFor()
    }),
    operate('fans', `/admin/fans?concert=${concertId}`, async ({ house, page, say }) => {
      const { reservationId } = await buyTwo(await signUpFan(house.sale.url, somebody))
      await page.getByRole('combobox', { name: say('find_by') }).selectOption('reservation')
      await page.getByLabel(say('find_what')).fill(String(reservationId))
      await page.getByRole('button', { name: say('search') }).click()
      await page.getByText(say('event_signed_up')).waitFor()
    }),
    operate('box-office', `/admin/box-office?concert=${concertId}`, async ({ house, page, say }) => {
      const fan = await signUpFan(house.sale.url, somebody)
      await buyTwo(fan)
      await page.getByLabel(say('find_payment_field')).fill(fan.email)
      await page.getByRole('button', { name: say('find_payment_go') }).click()
      await page.locator('main button[aria-pressed=false]').first().click()
      await page.getByLabel(say('operator_refund_reason')).first().waitFor()
    }),
    operate('gate', `/admin/gate?concert=${concertId}`, async ({ house, page, say }) => {
      const fan = await signUpFan(house.sale.url, somebody)
      await buyTwo(fan)
      const [ticket] = await fan.api.tickets.list.query()
      await page.getByLabel(say('gate_code')).fill(known(ticket, 'ticket').code)
      await page.getByRole('button', { name: say('gate_check') }).click()
      await page.getByText(say('gate_yes'), { exact: true }).waitFor()
    }),
    operate('audit', `/admin/audit?concert=${concertId}`, async ({ page, say }) => {
      await page.getByRole('link', { name: say('export_payments') }).waitFor()
    }),
  ]
}

const somebody = { name: '박미나', locale: 'ko' } as const

/** So long that others have changed something. */
async function watchAWhile(page: Stage['page']): Promise<void> {
  await page.waitForTimeout(3_000)
}
