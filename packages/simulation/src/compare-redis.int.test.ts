import { readLuaSource } from '@greenroom/core/rules'
import { createTestRedis } from '@greenroom/stack'
import { Redis } from 'ioredis'
import { afterAll, describe, expect, test } from 'vitest'
import { compileLua } from './lua/compile-lua.ts'
import { createRandom, type Random } from './random.ts'
import { createMemoryRedis, type MemoryRedis } from './redis/memory-redis.ts'
import { toReply } from './redis/redis-server.ts'

const { url, drop } = await createTestRedis()
const real = new Redis(url)
afterAll(async () => {
  real.disconnect()
  await drop()
})

const folder = new URL('../../core/src/waiting-room/lua/', import.meta.url)
const lineKeys = ['line', 'waiting', 'inside', 'passes', 'gone', 'flow', 'addresses', 'proofs', 'moves'].map(
  (name) => `{wr:1}:${name}`,
)
const names = [
  'join',
  'enter',
  'leave',
  'admit',
  'pace',
  'progress',
  'free',
  'idle',
  'pin',
  'look',
  'staff',
  'rebuild',
  'begin',
] as const

/** The one thing that two servers cannot agree on is the time, so both are told it. */
const timeAsked = "redis.call('TIME')"
const timeTold = '{ ARGV[#ARGV - 1], ARGV[#ARGV] }'

const scripts = Object.fromEntries(
  names.map((name) => {
    const source = readLuaSource(new URL(`${name}.lua`, folder))
    // some take any number of fans or pairs: the time is fans, or a pair, that nobody has
    return [name, source.replaceAll(timeAsked, timeTold)]
  }),
)

type Step = { name: (typeof names)[number]; args: (string | number)[] }

describe('our scripts, compiled, on the simulated Redis', () => {
  test.each([1, 2, 3, 4])('answer and leave behind what they do in Redis (seed %i)', async (seed) => {
    await real.flushdb()
    const random = createRandom(seed)
    const runId = /run_id:(\w+)/.exec(await real.info('server'))?.[1] ?? ''
    const memory = createMemoryRedis({ nowMicros: () => 0 }, runId)
    const compiled = Object.fromEntries(names.map((name) => [name, compileLua(scripts[name] ?? '')]))
    const seen = new Set<unknown>()
    let timeMs = 1_800_000_000_000
    for (let count = 0; count < 1_500; count++) {
      timeMs += random.below(700)
      const step = drawStep(random, timeMs)
      const time = [String(Math.floor(timeMs / 1_000)), String((timeMs % 1_000) * 1_000)]
      const args = [...step.args, ...time].map(String)
      const inRedis = await real
        .eval(scripts[step.name] ?? '', lineKeys.length, ...lineKeys, ...args)
        .catch(failure)
      const here = runHere(() => compiled[step.name]?.(memory.call, lineKeys, args))
      seen.add(Array.isArray(inRedis) && typeof inRedis[0] === 'string' ? inRedis[0] : typeof inRedis)
      expect(here, `${count} ${step.name} ${args.join(' ')}`).toEqual(inRedis)
      if (random.chance(0.01)) await loseKey(random, memory)
    }
    expect(describeMemory(memory)).toEqual(await describeReal())
    for (const kind of ['INSIDE', 'WAITING', 'NONE', 'UNPROVEN', 'SPENT', 'CROWDED', 'BEGUN', 'number'])
      expect(seen).toContain(kind)
  })
})

function drawStep(random: Random, timeMs: number): Step {
  const fan = 1 + random.below(12)
  const place = 2 ** 40 * (1 + random.below(3)) + 2 ** 39 + 1 + random.below(30)
  const name = random.pick(['join', 'join', 'join', 'join', 'admit', 'enter', ...names] as const)
  const draw = (): (string | number)[] => {
    switch (name) {
      case 'join': {
        const shown = random.chance(0.3)
          ? [place, random.chance(0.5) ? place : '', 'a', timeMs + 5_000]
          : ['', '', '', '']
        const drawn = random.chance(0.2) ? random.below(1_000_000) : ''
        const limits = [3, random.pick([-1, 0, 600]), 3_000]
        return [
          fan,
          random.below(2),
          random.below(2),
          drawn,
          timeMs + random.pick([-1, 1]),
          ...limits,
          ...shown,
          random.below(2),
          ...(random.chance(0.5)
            ? ['', '', '']
            : [random.pick(['a', 'b']), 2, random.pick([timeMs, timeMs + 900_000])]),
        ]
      }
      case 'enter':
        return [fan, place, 4_000]
      case 'admit':
        return [
          random.below(2),
          3,
          random.pick([-1, 0, 600]),
          3_000,
          random.below(10),
          '[[0,3]]',
          1_000,
          1_000,
          random.below(2),
        ]
      case 'pace': {
        const decided = (perMinute: number): string => `{"perMinute":${perMinute}}`
        const rates = [0, 60, 600.5]
        const rate = random.pick(rates)
        return [random.pick(['', ...rates.map(decided)]), random.pick(['', decided(rate)]), rate]
      }
      case 'leave':
        return [fan]
      case 'staff':
        return [fan, 2_000, 4_000]
      case 'pin':
        return [fan, random.chance(0.5) ? '' : timeMs + 9_000, 1 + random.below(12), timeMs + 500]
      case 'look':
        return [fan, 1 + random.below(12)]
      case 'free':
        return [fan, random.chance(0.5) ? '' : place]
      case 'rebuild':
        return [1 + random.below(4)]
      case 'begin':
        return [1 + random.below(4), random.pick([0, 1_000]), 60_000]
      case 'idle':
      case 'progress':
        return []
    }
  }
  return { name, args: draw() }
}

async function loseKey(random: Random, memory: MemoryRedis): Promise<void> {
  const key = random.pick(lineKeys)
  memory.dropKey(key)
  await real.del(key)
}

function runHere(run: () => Parameters<typeof toReply>[0]): unknown {
  try {
    return toReply(run())
  } catch (error) {
    return failure(error)
  }
}

/** That it failed is compared; Redis words it otherwise. */
function failure(error: unknown): string {
  if (error instanceof Error && error.name === 'ReplyError') return 'an error'
  throw error
}

function describeMemory(memory: MemoryRedis): unknown {
  return memory
    .keys()
    .sort()
    .map((key) => {
      if (isStream(key)) return [key, memory.call('XRANGE', [key, '0', '+', 'COUNT', '100000'])]
      return [key, isSorted(key) ? toSorted(memory.scores(key)) : toSorted(memory.hash(key))]
    })
}

async function describeReal(): Promise<unknown> {
  const keys = (await real.keys('*')).sort()
  return await Promise.all(
    keys.map(async (key) =>
      isStream(key)
        ? [key, await real.xrange(key, '-', '+')]
        : [key, toSorted(new Map(Object.entries(await readReal(key))))],
    ),
  )
}

async function readReal(key: string): Promise<Record<string, string | number>> {
  if (!isSorted(key)) return await real.hgetall(key)
  const flat = await real.zrange(key, '0', '-1', 'WITHSCORES')
  const pairs = flat.flat()
  return Object.fromEntries(
    pairs.flatMap((member, at) => (at % 2 === 0 ? [[member, Number(pairs[at + 1])]] : [])),
  )
}

const isStream = (key: string): boolean => key.endsWith(':moves')
const isSorted = (key: string): boolean => /:(waiting|inside|proofs)$/.test(key)

function toSorted(map: ReadonlyMap<string, string | number>): [string, string | number][] {
  return [...map].sort(([one], [other]) => (one < other ? -1 : 1))
}
