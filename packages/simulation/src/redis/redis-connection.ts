import type { Deps } from '@greenroom/core'
import type { Faults } from '../faults.ts'
import type { LuaValue } from '../lua/lua-machine.ts'
import type { PlantedBug } from '../planted-bugs.ts'
import type { Process } from '../processes.ts'
import type { Scheduler } from '../scheduler.ts'
import type { RedisServer } from './redis-server.ts'

/** The Redis connection of one process: what the core calls of ioredis, each command a step of its own. */
export function createRedisConnection(
  world: {
    scheduler: Scheduler
    redis: RedisServer
    faults: Faults
    onMessage: (message: string) => void
    onScriptError: (error: Error) => void
    has: (bug: PlantedBug) => boolean
  },
  process: Process,
): Deps['redis'] {
  const { scheduler, redis, faults } = world

  const ask = <T>(label: string, answer: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      scheduler.post(process, label, () => {
        const fault = faults.ofCommand()
        if (!redis.isUp() || fault === 'lost') {
          reject(new Error('Command timed out'))
          return
        }
        try {
          const reply = answer()
          if (fault === 'cut') reject(new Error('Command timed out'))
          else resolve(reply)
        } catch (error) {
          // anything else is a gap of this model, which no caller may swallow
          if (!(error instanceof Error) || error.name !== 'ReplyError') throw error
          if (!error.message.startsWith('NOSCRIPT')) world.onScriptError(error)
          reject(error)
        }
      })
    })

  const connection = {
    status: 'ready',
    options: { db: 0 },
    evalsha: (sha: string, count: number, ...rest: (string | number)[]) => {
      const [keys, args] = split(count, rest)
      return ask(`script ${keys[0]?.split(':').at(-1) ?? ''}`, () => {
        const known = redis.runKnown(sha, keys, args)
        if (known === undefined) throw replyError('NOSCRIPT No matching script. Please use EVAL.')
        return known.reply
      })
    },
    eval: (source: string, count: number, ...rest: (string | number)[]) =>
      ask('a new script', () => redis.run(source, ...split(count, rest))),
    xrange: (key: string, from: string, to: string, _count: 'COUNT', count: number) =>
      ask('XRANGE', () => {
        const entries = redis.memory.call('XRANGE', [key, from, to, 'COUNT', String(count)])
        return world.has('no-version-merge') ? withoutVersions(entries) : entries
      }),
    publish: (_channel: string, message: string) =>
      ask('PUBLISH', () => {
        world.onMessage(message)
        return 1
      }),
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- ioredis has four hundred members; the core calls these
  return connection as unknown as Deps['redis']
}

function split(count: number, rest: (string | number)[]): [string[], string[]] {
  const texts = rest.map(String)
  return [texts.slice(0, count), texts.slice(count)]
}

function replyError(message: string): Error {
  const error = new Error(message)
  error.name = 'ReplyError'
  return error
}

/** Each seat's version becomes the position of its entry: whatever comes last is the newest. */
function withoutVersions(entries: LuaValue): LuaValue {
  if (!Array.isArray(entries)) return entries
  return entries.map((entry) => {
    if (!Array.isArray(entry)) return entry
    const [id, fields] = entry
    const position = Number.parseInt(String(id), 10) % 1e9
    const text = Array.isArray(fields) ? String(fields[1]) : ''
    return [id, ['e', text.replaceAll(/\[(\d+),"(\w+)",\d+\]/g, `[$1,"$2",${position}]`)]]
  })
}
