import { expect, test } from 'vitest'
import { makeFan, makeFans } from '../testing/make-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { admit, joinLine } from './index.ts'

const deps = await createTestDeps()

test('a fan who comes to an empty line with room to spare is active at once', async () => {
  const { concertId } = await makeShow(deps)
  await admit(deps, { concertId })
  const status = await joinLine(deps, { concertId, fanId: await makeFan(deps) })
  expect(status.entry.state).toBe('active')
})

test('ten tabs at once get the same place, and all later ones too', async () => {
  const { concertId } = await makeShow(deps, { capacity: 0 })
  const [first, fanId, last] = await makeFans(deps, 3)
  if (first === undefined || fanId === undefined || last === undefined) throw new Error('three fans')
  await joinLine(deps, { concertId, fanId: first })
  const tabs = await Promise.all(Array.from({ length: 10 }, () => joinLine(deps, { concertId, fanId })))
  await joinLine(deps, { concertId, fanId: last })
  const later = await joinLine(deps, { concertId, fanId })
  const receipts = [...tabs, later].map(({ entry }) => (entry.state === 'waiting' ? entry.receipt : entry))
  expect(new Set(receipts).size).toBe(1)
  expect(later.entry).toMatchObject({ state: 'waiting', ahead: 1 })
})
