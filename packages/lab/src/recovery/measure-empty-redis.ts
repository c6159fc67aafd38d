import { openSale } from '../world/open-sale.ts'
import type { World } from '../world/start-world.ts'
import type { RecoveryMeasurement } from './recovery-figures.ts'
import { timeUntil } from './until.ts'

const waitingCount = 100_000
const callsAtOnce = 64
/** Places that are compared before and after, from the front. */
const comparedCount = 2_000

/**
 * FLUSHALL with 100,000 fans in line, who then all ask again with the token they have: until each of them has their place
 * again, and until somebody is let in. They use a contract that names the user, so that nobody has to sign in.
 */
export async function measureEmptyRedis(world: World): Promise<RecoveryMeasurement> {
  const { concertId } = await openSale(world.postgres, { like: 2, shows: 1, capacity: 0 })
  const userIds = await insertFans(world, waitingCount)
  const tokens: string[] = []
  const joinMs = await forAll(userIds, async (userId, index) => {
    tokens[index] = await join(world, userId, concertId)
  })
  const positions = tokens.map(() => 0)
  const ask = async (token: string, index: number): Promise<void> => {
    positions[index] = await askPosition(world, token, concertId)
  }
  const floorMs = await forAll(tokens, ask)
  const before = [...positions]

  world.redis.noteLoss()
  await world.redis.client.flushall()
  const beganMs = performance.now()
  const [firstToken = ''] = tokens
  const firstMs = await timeUntil(
    'the first place',
    async () => (await askPosition(world, firstToken, concertId)) > 0,
  )
  await forAll(tokens, ask)
  const allMs = Math.round(performance.now() - beganMs)
  await forAll(tokens.slice(0, comparedCount), ask)
  const outOfPlace = before
    .slice(0, comparedCount)
    .filter((place, index) => place !== positions[index]).length

  await world.postgres.query('update lines set capacity = 10 where concert_id = $1', [concertId])
  const admittedMs = await timeUntil('somebody to be let in', async () => {
    const answer = await askShows(world, firstToken, concertId)
    await answer.body?.cancel()
    return answer.status === 200
  })
  return {
    name: 'empty-redis',
    says: 'FLUSHALL with 100,000 in line, who all ask again: each has their place again',
    tookMs: allMs,
    floor: { says: 'the same 100,000 asking with nothing lost', tookMs: floorMs },
    details: {
      waiting: waitingCount,
      joiningMs: joinMs,
      firstPlaceMs: firstMs,
      letInMs: admittedMs,
      outOfPlace,
    },
  }
}

async function insertFans({ postgres }: World, count: number): Promise<number[]> {
  const rows = await postgres.query<{ id: number }>(
    `with fans as (
       insert into accounts (email, name, password_hash)
       select 'waiting-' || n || '@greenroom.example', 'Fan ' || n, 'none' from generate_series(1, $1::integer) n returning id
     ), opened as (
       insert into wallets (kind, account_id, balance_minor) select 'fan', id, 0 from fans
     )
     select id::float8 as id from fans order by id`,
    [count],
  )
  return rows.map(({ id }) => id)
}

async function join(world: World, userId: number, concertId: number): Promise<string> {
  const answer = await fetch(`${world.url}/api/v1/users/${userId}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ concertId }),
  })
  const body: unknown = await answer.json()
  const token: unknown = Reflect.get(Object(body), 'token')
  if (typeof token !== 'string') throw new Error(`no place: ${answer.status} ${JSON.stringify(body)}`)
  return token
}

/** Asks until it is told: a line that is being restored says to ask again. */
async function askPosition(world: World, token: string, concertId: number): Promise<number> {
  for (;;) {
    const answer = await askShows(world, token, concertId)
    const body: unknown = await answer.json()
    const error: unknown = Reflect.get(Object(body), 'error')
    const details: unknown = Reflect.get(Object(error), 'details')
    const position: unknown = Reflect.get(Object(details), 'position')
    if (answer.status === 403 && typeof position === 'number') return position
    if (answer.status !== 503 && answer.status !== 429)
      throw new Error(`${answer.status} ${JSON.stringify(body)}`)
  }
}

async function askShows(world: World, token: string, concertId: number): Promise<Response> {
  return await fetch(`${world.url}/api/v1/concerts/${concertId}/shows`, { headers: { authorization: token } })
}

/** Does it for all of them, so many at a time; how long that took. */
async function forAll<T>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<void>,
): Promise<number> {
  const beganMs = performance.now()
  const next = items.entries()
  const takeNext = async (): Promise<void> => {
    for (const [index, item] of next) await work(item, index)
  }
  await Promise.all(Array.from({ length: callsAtOnce }, takeNext))
  return Math.round(performance.now() - beganMs)
}
