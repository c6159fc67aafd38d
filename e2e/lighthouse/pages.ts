import { aClub } from '../scenes/copy-concert.ts'
import { type House, lineUp } from '../scenes/house.ts'
import { theatre } from '../support/on-sale.ts'
import { signUpFan, walkIn } from '../support/virtual-fan.ts'

/** An address, and the session that sees it. */
export type MeasuredPage = { name: 'home' | 'line' | 'map'; url: string; token?: string }

/** The pages that everybody loads at once: the front page, a place in line, and the map of a theatre for a fan inside. */
export async function openPages(house: House): Promise<MeasuredPage[]> {
  const { url } = house.sale
  const [waiting, inside] = await Promise.all([signUpFan(url), signUpFan(url)])
  await walkIn(inside, theatre.concertId)
  const { concertId } = await house.newConcert({ ...aClub, capacity: 0 })
  await lineUp(house, concertId)
  await waiting.line.join(concertId)
  return [
    { name: 'home', url: `${url}/` },
    { name: 'line', url: `${url}/concerts/${concertId}/line`, token: waiting.token },
    {
      name: 'map',
      url: `${url}/concerts/${theatre.concertId}/shows/${theatre.shows[0]}`,
      token: inside.token,
    },
  ]
}
