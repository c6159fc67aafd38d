import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { RedisConnection } from './redis.ts'
import { inSpan, isTracing } from './trace.ts'

/** One Lua file, run by its hash; sent whole only when Redis does not know it (first use, or Redis was emptied). */
export type LuaScript = (
  redis: RedisConnection,
  keys: string[],
  args: (string | number)[],
) => Promise<unknown>

/** Loads `file` once at start; the returned function is one atomic step in Redis. */
export function luaScript(file: URL): LuaScript {
  const run = luaScriptOf(readLuaSource(file))
  const name = basename(file.pathname)
  return (redis, keys, args) =>
    isTracing() ? inSpan(name, {}, () => run(redis, keys, args)) : run(redis, keys, args)
}

/** The file's text, each line `-- include other.lua` replaced by that file: scripts of one feature share their first steps. */
export function readLuaSource(file: URL): string {
  return readFileSync(file, 'utf8').replace(/^-- include (\S+\.lua)$/gm, (_line, path: string) =>
    readLuaSource(new URL(path, file)),
  )
}

/** The same for a script that is no file of its own: tests take guards out of one. */
export function luaScriptOf(source: string): LuaScript {
  const sha = createHash('sha1').update(source).digest('hex')
  return async (redis, keys, args) => {
    try {
      return await redis.evalsha(sha, keys.length, ...keys, ...args)
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error
      return await redis.eval(source, keys.length, ...keys, ...args)
    }
  }
}
