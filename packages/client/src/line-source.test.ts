import { accountId, concertId, DomainError, type Entry, type LineStatus } from '@greenroom/contract'
import { expect, test } from 'vitest'
import type { Api } from './api.ts'
import { createLine } from './line-source.ts'
import { createPlaceStore } from './place-store.ts'

const line = concertId.parse(1)
const me = accountId.parse(1)
const other = accountId.parse(2)
const waiting = (receipt: string): Entry => ({
  state: 'waiting',
  receipt,
  ahead: 1,
  admittedTotalAtRead: 0,
  asOfMs: 1,
  refreshAfterMs: 1_000,
})
const active: Entry = { state: 'active', pass: 'pass', expiresAtMs: 2, asOfMs: 1 }

/** The four calls of the api that a line makes, answered as the test says; what was shown is kept. */
function lineWith(answer: (shown: { receipt?: string; pass?: string }) => Entry) {
  const shown: { receipt?: string; pass?: string }[] = []
  const call = (input: { receipt?: string; pass?: string }) => {
    shown.push(input)
    return Promise.resolve().then(() => ({ fanId: me, entry: answer(input) }))
  }
  const waitingRoom = {
    join: { mutate: call },
    status: { query: call },
    leave: { mutate: () => Promise.resolve() },
  }
  const places = createPlaceStore()
  places.belongTo(me)
  return { line: createLine({ waitingRoom } as unknown as Api, places), shown, places }
}

test('the receipt of one answer is shown with the next question', async () => {
  const { line: mine, shown } = lineWith(() => waiting('first'))
  await mine.join(line)
  await mine.readStatus(line)
  expect(shown).toEqual([{ concertId: line }, { concertId: line, receipt: 'first' }])
})

test('inside, both receipt and pass are shown: either may be what a server lost', async () => {
  const { line: mine, shown, places } = lineWith(() => active)
  places.keep(line, waiting('first'))
  await mine.readStatus(line)
  await mine.readStatus(line)
  expect(shown.at(-1)).toEqual({ concertId: line, receipt: 'first', pass: 'pass' })
  expect(mine.readPass(line)).toBe('pass')
})

test('a receipt that is spent is thrown away and the place is asked for without it', async () => {
  const {
    line: mine,
    shown,
    places,
  } = lineWith((input) => {
    if (input.receipt === 'old') throw new DomainError('RECEIPT_REFUSED', { reason: 'spent' })
    return waiting('mine')
  })
  places.keep(line, waiting('old'))
  await mine.join(line)
  expect(shown).toHaveLength(2)
  expect(places.read(line)).toEqual({ receipt: 'mine' })
})

test('two people on one device: each keeps their own place, whoever was here last', async () => {
  const {
    line: mine,
    shown,
    places,
  } = lineWith((input) => {
    if (input.receipt === 'theirs') throw new DomainError('RECEIPT_REFUSED', { reason: 'otherFan' })
    // a server that lost its memory knows the place by its receipt alone
    return input.receipt === 'mine' ? waiting('mine') : { state: 'none' }
  })
  places.keep(line, waiting('mine'))
  places.belongTo(other)
  places.keep(line, waiting('theirs'))
  expect((await mine.readStatus(line)).entry).toEqual(waiting('mine'))
  expect(shown.map(({ receipt }) => receipt)).toEqual(['theirs', undefined, 'mine'])
  expect(places.read(line)).toEqual({ receipt: 'mine' })
  places.belongTo(other)
  expect(places.read(line)).toEqual({ receipt: 'theirs' })
})

test('who signed in in another tab and joined there does not take the place of who was here before', () => {
  const { line: mine, places } = lineWith(() => waiting('mine'))
  places.keep(line, waiting('mine'))
  const entry = waiting('theirs')
  // as a watch does
  mine.onAnswer(line, (answer) => mine.keepEntry(line, answer.entry))
  mine.noteChange(line, { entry, status: { fanId: other, entry } as LineStatus })
  expect(places.read(line)).toEqual({ receipt: 'theirs' })
  places.belongTo(me)
  expect(places.read(line)).toEqual({ receipt: 'mine' })
})

test('any other refusal is passed on and nothing is thrown away', async () => {
  const { line: mine, places } = lineWith(() => {
    throw new DomainError('LINE_REBUILDING', { retryAfterMs: 1 })
  })
  places.keep(line, waiting('mine'))
  await expect(mine.join(line)).rejects.toMatchObject({ code: 'LINE_REBUILDING' })
  expect(places.read(line)).toEqual({ receipt: 'mine' })
})

test('who watches a line is told what its own join and leave were answered, and nothing of other lines', async () => {
  const { line: mine } = lineWith(() => waiting('mine'))
  const told: string[] = []
  const ends = [line, concertId.parse(2)].map((each) =>
    mine.onAnswer(each, ({ entry }) => told.push(`${each} ${entry.state}`)),
  )
  await mine.join(line)
  await mine.leave(line)
  for (const end of ends) end()
  await mine.join(line)
  expect(told).toEqual(['1 waiting', '1 none'])
})

test('whoever leaves keeps no proof', async () => {
  const { line: mine, places } = lineWith(() => waiting('mine'))
  await mine.join(line)
  await mine.leave(line)
  expect(places.read(line)).toEqual({})
})

test('a reading that an own join overtook is not believed: it is read again, and the receipt is kept', async () => {
  let joined = false
  const overtaken = Promise.withResolvers<void>()
  const waitingRoom = {
    join: {
      mutate: () => {
        joined = true
        return Promise.resolve({ fanId: me, entry: waiting('mine') })
      },
    },
    status: {
      query: async () => {
        const entry: Entry = joined ? waiting('mine') : { state: 'none' }
        await overtaken.promise
        return { fanId: me, entry }
      },
    },
  }
  const places = createPlaceStore()
  const mine = createLine({ waitingRoom } as unknown as Api, places)
  const reading = mine.readStatus(line)
  await mine.join(line)
  overtaken.resolve()
  expect((await reading).entry).toEqual(waiting('mine'))
  expect(places.read(line)).toEqual({ receipt: 'mine' })
})
