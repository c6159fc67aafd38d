import { expect, test } from 'vitest'
import { changeLine } from '../testing/change-line.ts'
import { makeFans } from '../testing/make-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { joinLine, requireNotWaiting } from './index.ts'

const deps = await createTestDeps()

test('who waits is told the position, whoever is inside or nowhere passes', async () => {
  const { concertId } = await makeShow(deps, { capacity: 1 })
  const [inside, first, second, nobody] = await makeFans(deps, 4)
  if (inside === undefined || first === undefined || second === undefined || nobody === undefined)
    throw new Error('four fans')
  for (const fanId of [inside, first, second]) await joinLine(deps, { concertId, fanId })
  await requireNotWaiting(deps, { concertId, fanId: inside })
  await requireNotWaiting(deps, { concertId, fanId: nobody })
  await expect(requireNotWaiting(deps, { concertId, fanId: second })).rejects.toMatchObject({
    code: 'STILL_WAITING',
    details: { ahead: 1, position: 2 },
  })
})

test('before the draw everybody may be ahead', async () => {
  const { concertId } = await makeShow(deps)
  const inAnHour = new Date(Date.now() + 3_600_000)
  const anHourAgo = new Date(Date.now() - 3_600_000)
  await changeLine(deps, concertId, { lobby_opens_at: anHourAgo, opens_at: inAnHour })
  const fans = await makeFans(deps, 3)
  for (const fanId of fans) await joinLine(deps, { concertId, fanId })
  for (const fanId of fans) {
    await expect(requireNotWaiting(deps, { concertId, fanId })).rejects.toMatchObject({
      code: 'STILL_WAITING',
    })
  }
})
