import { appendFile, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { webhookEvent, webhookExamples } from '@greenroom/contract'
import { Webhook } from 'standardwebhooks'
import { beforeEach, expect, test } from 'vitest'
import { inTransaction } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { breakingDeps } from '../testing/breaking-deps.ts'
import { openProcess } from '../testing/open-process.ts'
import { createTestDeps } from '../testing/test-deps.ts'
import { textWithout } from '../testing/text-without.ts'
import { startReceiver } from '../testing/webhook-receiver.ts'
import { takeTurnText } from './data-platform-store.ts'
import { feedDataPlatform, recordEvents, relayEvents } from './index.ts'

const deps = await createTestDeps()
const { dataPlatform } = deps.settings
if (!('folder' in dataPlatform)) throw new Error('tests write to a folder')
const { folder } = dataPlatform
const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`
const sending = (url: string): Deps => ({
  ...deps,
  settings: { ...deps.settings, dataPlatform: { url, secret } },
})

/** So many more events with a position; the ids of all that the platform should have, in order. */
async function tell(count: number): Promise<number[]> {
  const events = Array.from({ length: count }, () => webhookExamples['reservation.paid'])
  await inTransaction(deps.db, (tx) => recordEvents(tx, events))
  await relayEvents(deps)
  const { rows } = await deps.db.pool.query<{ id: number }>(
    "select id from events where position > $1 and type <> 'webhook.test' order by position",
    [startPosition],
  )
  return rows.map((row) => row.id)
}

let startPosition = 0
beforeEach(async () => {
  await feedDataPlatform(deps)
  const { rows } = await deps.db.pool.query<{ last: number }>(
    'select last_position as last from data_platform_progress',
  )
  startPosition = rows[0]?.last ?? 0
  linesBefore = (await readLines()).length
})

let linesBefore = 0
async function readLines(): Promise<string[]> {
  const files = await readdir(folder).catch(() => [])
  files.sort((one, other) => one.localeCompare(other))
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
  return texts.join('').split('\n').slice(0, -1)
}

/** The ids in the files since the test began; a line that is no event of the contract fails it. */
const filed = async (): Promise<number[]> =>
  (await readLines()).slice(linesBefore).map((line) => webhookEvent.parse(JSON.parse(line)).eventId)

test('the platform gets every event once and in order, a line of JSON each, in a file named by the database’s day', async () => {
  const ids = await tell(1_200)
  expect(await feedDataPlatform(deps)).toBe(1_200)
  expect(await feedDataPlatform(deps)).toBe(0)
  expect(await filed()).toEqual(ids)
  const { rows } = await deps.db.pool.query<{ day: string }>(
    "select to_char(now() at time zone 'UTC', 'YYYY-MM-DD') as day",
  )
  expect(await readdir(folder)).toContain(`events-${rows[0]?.day}.ndjson`)
})

test('a process that dies between sending and noting has them sent again, and loses none', async () => {
  const ids = await tell(3)
  // begin, turn, events, then the note
  await expect(feedDataPlatform(breakingDeps(deps, { before: 4 }).deps)).rejects.toThrow(
    /terminat|connection/i,
  )
  expect(await filed()).toEqual(ids)
  expect(await feedDataPlatform(deps)).toBe(3)
  expect(await filed()).toEqual([...ids, ...ids])
})

test('half a line that a crash left is cut off, and its event comes again whole', async () => {
  await tell(1)
  await feedDataPlatform(deps)
  const [file] = (await readdir(folder)).toSorted().slice(-1)
  await appendFile(join(folder, file ?? ''), `{"type":"reservation.paid","eventId":${'9'.repeat(5_000)}`)
  const ids = await tell(2)
  await feedDataPlatform(deps)
  expect(await filed()).toEqual(ids)
})

test('a platform with an address gets batches that are signed, in order', async () => {
  const platform = await startReceiver()
  const ids = await tell(700)
  expect(await feedDataPlatform(sending(platform.url))).toBe(700)
  const batches = platform.messages.map(({ body, headers }) => new Webhook(secret).verify(body, headers))
  const events = batches.flatMap((batch) => (batch as { events: unknown[] }).events)
  expect(events.map((event) => webhookEvent.parse(event).eventId)).toEqual(ids)
  expect(platform.messages.map(({ id }) => id)).toEqual([
    `batch_${startPosition + 1}_${startPosition + 500}`,
    `batch_${startPosition + 501}_${startPosition + 700}`,
  ])
})

test('a platform that is away is asked again later and later, and then gets all it missed in order', async () => {
  const platform = await startReceiver(503)
  const ids = await tell(4)
  const letTimePass = () => deps.db.pool.query('update data_platform_progress set next_attempt_at = now()')
  const waitS = async (): Promise<number> => {
    const { rows } = await deps.db.pool.query<{ wait: number }>(
      'select extract(epoch from next_attempt_at - now())::float8 as wait from data_platform_progress',
    )
    return rows[0]?.wait ?? 0
  }
  for (const expectedS of [1, 2, 4, 8]) {
    expect(await feedDataPlatform(sending(platform.url))).toBe(0)
    expect(await waitS()).toBeGreaterThan(expectedS / 2)
    expect(await waitS()).toBeLessThanOrEqual(expectedS)
    // too early: it is left alone
    expect(await feedDataPlatform(sending(platform.url))).toBe(0)
    await letTimePass()
  }
  expect(platform.messages).toHaveLength(4)
  platform.answer(200)
  expect(await feedDataPlatform(sending(platform.url))).toBe(4)
  const last = platform.messages.at(-1)?.body ?? '{}'
  expect(
    (JSON.parse(last) as { events: { eventId: number }[] }).events.map(({ eventId }) => eventId),
  ).toEqual(ids)
})

test('processes that feed at once take turns; without the lock both have the same turn', async () => {
  const ids = await tell(50)
  const others = Array.from({ length: 4 }, () => openProcess(deps))
  await Promise.all([deps, ...others].map((each) => feedDataPlatform(each)))
  await feedDataPlatform(deps)
  expect(await filed()).toEqual(ids)
  const turnsAtOnce = async (text: string): Promise<number> =>
    await inTransaction(deps.db, async (one) => {
      const first = await one.query(text)
      const second = await inTransaction(deps.db, (other) => other.query(text))
      return (first.rowCount ?? 0) + (second.rowCount ?? 0)
    })
  expect(await turnsAtOnce(takeTurnText)).toBe(1)
  expect(await turnsAtOnce(textWithout(takeTurnText, { ' for update skip locked': '' }))).toBe(2)
})
