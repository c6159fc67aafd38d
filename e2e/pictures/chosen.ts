import { aClub } from '../scenes/copy-concert.ts'
import { lineUp } from '../scenes/house.ts'
import { outsideScenes } from '../scenes/outside-scenes.ts'
import type { Look, Scene } from '../scenes/scene.ts'
import { walkIn } from '../support/virtual-fan.ts'

/** A scene that looks the same each time it is played, and how it is looked at. */
export type Chosen = { scene: Scene; look: Required<Look> }

const fixed = { ...aClub, firstDate: '2038-05-07T20:00:00+09:00' }

/** One of each kind of page: words alone, a form, figures, the map, the list, every part of the design. */
export const chosen: Chosen[] = [
  { scene: outside('not-found'), look: { locale: 'en', device: 'phone', colorScheme: 'dark' } },
  { scene: outside('sign-in'), look: { locale: 'ko', device: 'phone', colorScheme: 'light' } },
  { scene: outside('design'), look: { locale: 'ko', device: 'phone', colorScheme: 'light' } },
  {
    scene: {
      name: 'line',
      show: async ({ house, fan, goto, page, say }) => {
        const { concertId } = await house.newConcert({ ...fixed, capacity: 0 })
        await lineUp(house, concertId)
        await fan.line.join(concertId)
        await goto(`/concerts/${concertId}/line`)
        await page.getByText(say('live_live')).waitFor()
        await page.getByText(say('promise')).waitFor()
        await page.getByText(say('people', { count: 13 })).waitFor()
      },
    },
    look: { locale: 'ko', device: 'phone', colorScheme: 'dark' },
  },
  { scene: seats('map'), look: { locale: 'ko', device: 'desktop', colorScheme: 'light' } },
  { scene: seats('list'), look: { locale: 'en', device: 'phone', colorScheme: 'dark' } },
]

function outside(name: string): Scene {
  const scene = outsideScenes.find((each) => each.name === name)
  if (scene === undefined) throw new Error(`there is no scene ${name}`)
  return scene
}

function seats(view: 'map' | 'list'): Scene {
  return {
    name: `seats-${view}`,
    show: async ({ house, fan, goto, page, say }) => {
      const { concertId, shows } = await house.newConcert(fixed)
      await walkIn(fan, concertId)
      await goto(`/concerts/${concertId}/shows/${shows[0]}`)
      await page.getByRole('button', { name: say('map_overview') }).waitFor()
      if (view === 'list') await page.getByRole('button', { name: say('view_list') }).click()
    },
  }
}
