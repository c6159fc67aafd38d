import { createHash } from 'node:crypto'
import { type CompiledLua, compileLua } from '../lua/compile-lua.ts'
import type { LuaValue } from '../lua/lua-machine.ts'
import type { Scheduler } from '../scheduler.ts'
import { type Checkpoint, createMemoryRedis, type MemoryRedis } from './memory-redis.ts'

/** The Redis of a run: its data, the scripts it knows, and what can become of it. */
export type RedisServer = {
  memory: MemoryRedis
  isUp: () => boolean
  /** Runs a script that it knows, by its hash; `undefined` when it does not. */
  runKnown: (sha: string, keys: string[], args: string[]) => { reply: RedisReply } | undefined
  run: (source: string, keys: string[], args: string[]) => RedisReply
  /** Another process: with all its data, or without what the last second wrote. */
  restart: (options: { forgets: boolean }) => void
  setUp: (isUp: boolean) => void
  /** How many scripts it ran. */
  runs: () => number
  flushAll: () => void
}
export type RedisReply = string | number | null | RedisReply[]

/** How much the append-only file may lose: it is written once a second. */
const forgottenMs = 1_000

export function createRedisServer(
  scheduler: Scheduler,
  options: {
    /** How far its clock is from Postgres'. */
    skewMs: number
    /** The script as it shall run: planted bugs change it here. */
    edit: (source: string) => string
    onScript: (server: RedisServer, source: string, keys: string[], args: string[], reply: RedisReply) => void
  },
): RedisServer {
  const newRunId = (): string =>
    Array.from({ length: 40 }, () => scheduler.random.below(16).toString(16)).join('')
  const memory = createMemoryRedis(
    { nowMicros: () => Math.floor((scheduler.nowMs() + options.skewMs) * 1_000) },
    newRunId(),
  )
  let scripts = new Map<string, string>()
  let checkpoints: { atMs: number; data: Checkpoint }[] = []
  let isUp = true
  let runs = 0

  const remember = (): void => {
    const nowMs = scheduler.nowMs()
    if (nowMs - (checkpoints.at(-1)?.atMs ?? 0) < forgottenMs / 4) return
    checkpoints = checkpoints.filter(({ atMs }) => nowMs - atMs < forgottenMs)
    checkpoints.push({ atMs: nowMs, data: memory.checkpoint() })
  }
  const server: RedisServer = {
    memory,
    isUp: () => isUp,
    runKnown: (sha, keys, args) => {
      const source = scripts.get(sha)
      return source === undefined ? undefined : { reply: server.run(source, keys, args) }
    },
    run: (source, keys, args) => {
      remember()
      runs += 1
      scripts.set(shaOf(source), source)
      const reply = toReply(compiled(options.edit(source))(memory.call, keys, args))
      options.onScript(server, source, keys, args, reply)
      return reply
    },
    restart: ({ forgets }) => {
      memory.restart(newRunId(), forgets ? checkpoints[0]?.data : undefined)
      scripts = new Map()
      checkpoints = []
    },
    setUp: (next) => {
      isUp = next
    },
    runs: () => runs,
    flushAll: () => memory.empty(),
  }
  return server
}

/** Compiled once per thread: all runs of it share them. */
const compiledScripts = new Map<string, CompiledLua>()

function compiled(source: string): CompiledLua {
  const known = compiledScripts.get(source) ?? compileLua(source)
  compiledScripts.set(source, known)
  return known
}

const shas = new Map<string, string>()

function shaOf(source: string): string {
  const known = shas.get(source) ?? createHash('sha1').update(source).digest('hex')
  shas.set(source, known)
  return known
}

/** As Redis answers what a script returns: numbers lose their fraction, `false` and nil are nothing, a list ends at nil. */
export function toReply(value: LuaValue): RedisReply {
  if (value === undefined || value === false) return null
  if (value === true) return 1
  if (typeof value === 'number') return Math.trunc(value)
  if (typeof value === 'string') return value
  const end = value.indexOf(undefined)
  return (end < 0 ? value : value.slice(0, end)).map(toReply)
}
