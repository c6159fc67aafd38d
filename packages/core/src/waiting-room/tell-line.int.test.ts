import { concertId as idOfConcert } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { listAudit } from '../testing/list-audit.ts'
import { makeFan } from '../testing/make-fan.ts'
import { makeShow } from '../testing/make-show.ts'
import { openProcess } from '../testing/open-process.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { admit, readProgress, tellLine, tuneLine } from './index.ts'

const deps = await createTestDeps()
const operatorId = await makeFan(deps)
const message = { ko: '곧 시작해요', en: 'We begin soon' }

test('a message goes with the next tick to everybody, in every process, until it is cleared', async () => {
  const { concertId } = await makeShow(deps)
  const other = openProcess(deps)
  expect((await readProgress(other, concertId)).message).toBeUndefined()
  await tellLine(deps, { concertId, operatorId, message })
  expect((await admit(other, { concertId })).progress.message).toEqual(message)
  expect((await readProgress(deps, concertId)).message).toEqual(message)
  await tellLine(deps, { concertId, operatorId, message: null })
  expect((await admit(other, { concertId })).progress).not.toHaveProperty('message')
  const traces = (await listAudit(deps)).filter(({ target }) => target === `concert ${concertId}`)
  expect(traces).toMatchObject([
    { action: 'line.tell', before: message, after: null },
    { action: 'line.tell', before: null, after: message },
  ])
})

test('two operators at once: one message is there, whole, and each change says what was before it', async () => {
  const { concertId } = await makeShow(deps)
  const messages = [message, { ko: '잠시 멈춰요', en: 'A short break' }]
  await Promise.all([
    ...messages.map((each) => tellLine(deps, { concertId, operatorId, message: each })),
    tuneLine(deps, { concertId, operatorId, capacity: 7 }),
  ])
  const traces = (await listAudit(deps)).filter(
    ({ action, target }) => action === 'line.tell' && target === `concert ${concertId}`,
  )
  expect(traces).toHaveLength(2)
  expect(traces[1]?.before).toBeNull()
  expect(traces[0]?.before).toEqual(traces[1]?.after)
  expect((await admit(deps, { concertId })).progress).toMatchObject({
    message: traces[0]?.after,
    capacity: 7,
  })
})

test('there is nobody to tell in a line that is not there', async () => {
  const concertId = idOfConcert.parse(999_999)
  await expect(tellLine(deps, { concertId, operatorId, message })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    details: { what: 'concert' },
  })
})
