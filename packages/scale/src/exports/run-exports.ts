import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { openSale } from '@greenroom/bench'
import { signIn, signUp } from '@greenroom/core'
import { startProcesses } from '@greenroom/stack'
import type { Servers } from '../machine/open-servers.ts'
import { readUsage } from '../machine/process-usage.ts'

export type ExportFindings = {
  name: string
  seconds: number
  lines: number
  bytes: number
  /** The most that the api had in memory, beyond what it had before. */
  growthBytes: number
}

/** So many are inserted by one statement. */
const insertedAtOnce = 100_000
const lookEveryMs = 50
/** Every so many pieces the slow reader rests. */
const slowEvery = 64
const slowRestMs = 40

/** One whole api, a sale with many reservations, and its file fetched by readers of two kinds. */
export async function runExports(
  servers: Servers,
  { rows, say }: { rows: number; say: (line: string) => void },
): Promise<ExportFindings[]> {
  const { deps, settings } = servers
  const { concertId } = await openSale(deps, { seatCount: 100, showCount: 1, capacity: 10 })
  const person = { email: `${randomUUID()}@exports.example`, password: 'greenroom' }
  const { account } = await signUp(deps, { ...person, name: '=1+1', locale: 'en' })
  await servers.query(`update accounts set role = 'operator' where id = ${account.accountId}`)
  const { token } = await signIn(deps, person)
  for (let from = 0; from < rows; from += insertedAtOnce) {
    await servers.query(
      `insert into reservations (show_id, concert_id, fan_id, seat_ids, amount_minor, state, held_until, max_held_until, ended_at)
       select id, concert_id, ${account.accountId}, array[first_seat_id], 50000, 'RELEASED', now(), now(), now()
       from shows, generate_series(1, ${Math.min(insertedAtOnce, rows - from)}) where concert_id = ${concertId}`,
    )
  }
  await servers.query('analyze reservations')
  say(`${rows} reservations`)
  const { databaseUrl, redisUrl, secret } = settings
  const app = await startProcesses({
    databaseUrl,
    redisUrl,
    without: ['gateway'],
    env: { SECRET: secret },
  })
  try {
    const file = { url: `${app.url}/admin/exports/reservations.csv?concertId=${concertId}`, token }
    const pid = app.api.pid()
    const found = [
      await fetchFile('the first, while the api warms up', file, pid, () => Promise.resolve()),
      await fetchFile('as fast as it comes', file, pid, () => Promise.resolve()),
      await fetchFile('by a slow reader', file, pid, () => sleep(slowRestMs)),
    ]
    return found
  } finally {
    await app.stop()
  }
}

async function fetchFile(
  name: string,
  { url, token }: { url: string; token: string },
  pid: number,
  rest: () => Promise<void>,
): Promise<ExportFindings> {
  const before = readUsage(pid).residentBytes
  let most = before
  const looking = setInterval(() => {
    most = Math.max(most, readUsage(pid).residentBytes)
  }, lookEveryMs)
  const startMs = performance.now()
  const reply = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
  if (reply.status !== 200 || reply.body === null) throw new Error(`the api answered ${reply.status}`)
  const body: AsyncIterable<Uint8Array> = reply.body
  let lines = 1
  let bytes = 0
  let pieces = 0
  for await (const piece of body) {
    bytes += piece.length
    for (const byte of piece) if (byte === 10) lines += 1
    if (++pieces % slowEvery === 0) await rest()
  }
  clearInterval(looking)
  const seconds = (performance.now() - startMs) / 1_000
  return { name, seconds, lines, bytes, growthBytes: most - before }
}
