import { LuaError, type LuaValue } from '../lua/lua-machine.ts'

type Stream = { id: number; fields: string[] }[]
type Value = Map<string, string> | SortedSet | Stream
/** Members with their scores. A few dozen at most here, so a rank is counted. */
type SortedSet = { scores: Map<string, number> }

/**
 * One Redis server, as much of it as our scripts and readers use: a dozen commands on hashes, sorted sets and streams,
 * with the replies that RESP2 gives to Lua (`false` for nothing). Refuses every other command by name.
 */
export type MemoryRedis = {
  call: (name: string, args: string[]) => LuaValue
  /** FLUSHALL. */
  empty: () => void
  dropKey: (key: string) => void
  keys: () => string[]
  /** Another process with the same data, or with what it was at `checkpoint`. */
  restart: (runId: string, checkpoint?: Checkpoint) => void
  checkpoint: () => Checkpoint
  /** For oracles: reads without a reply's detours. */
  hash: (key: string) => ReadonlyMap<string, string>
  scores: (key: string) => ReadonlyMap<string, number>
}
export type Checkpoint = Map<string, Value>

export function createMemoryRedis(clock: { nowMicros: () => number }, firstRunId: string): MemoryRedis {
  let values: Map<string, Value> = new Map()
  let runId = firstRunId

  const hashOf = (key: string): Map<string, string> | undefined => {
    const value = values.get(key)
    if (value === undefined || value instanceof Map) return value
    return wrongType()
  }
  const scoresOf = (key: string): Map<string, number> | undefined => {
    const value = values.get(key)
    if (value === undefined) return undefined
    return 'scores' in value ? value.scores : wrongType()
  }
  const makeHash = (key: string): Map<string, string> => {
    const hash = hashOf(key) ?? new Map<string, string>()
    values.set(key, hash)
    return hash
  }
  const makeScores = (key: string): Map<string, number> => {
    const scores = scoresOf(key) ?? new Map<string, number>()
    if (!values.has(key)) values.set(key, { scores })
    return scores
  }
  const dropIfEmpty = (key: string, size: number | undefined): void => {
    if (size === 0) values.delete(key)
  }
  const removeFrom = (key: string, held: Map<string, unknown> | undefined, names: string[]): number => {
    const removed = names.filter((name) => held?.delete(name)).length
    dropIfEmpty(key, held?.size)
    return removed
  }
  const addTo = (key: string, field: string, by: number): string => {
    const hash = makeHash(key)
    const sum = String(Number(hash.get(field) ?? 0) + by)
    hash.set(field, sum)
    return sum
  }

  const commands: Record<string, (args: string[]) => LuaValue> = {
    HGET: ([key = '', field = '']) => hashOf(key)?.get(field) ?? false,
    HMGET: ([key = '', ...fields]) => fields.map((field) => hashOf(key)?.get(field) ?? false),
    HLEN: ([key = '']) => hashOf(key)?.size ?? 0,
    HGETALL: ([key = '']) => [...(hashOf(key) ?? [])].flat(),
    HSET: ([key = '', ...pairs]) => {
      const hash = makeHash(key)
      const before = hash.size
      for (let at = 0; at < pairs.length; at += 2) hash.set(pairs[at] ?? '', pairs[at + 1] ?? '')
      return hash.size - before
    },
    HSETNX: ([key = '', field = '', value = '']) => {
      const hash = makeHash(key)
      if (hash.has(field)) return 0
      hash.set(field, value)
      return 1
    },
    HDEL: ([key = '', ...fields]) => removeFrom(key, hashOf(key), fields),
    HINCRBY: ([key = '', field = '', by = '']) => Number(addTo(key, field, Number(by))),
    HINCRBYFLOAT: ([key = '', field = '', by = '']) => addTo(key, field, Number(by)),
    ZCARD: ([key = '']) => scoresOf(key)?.size ?? 0,
    ZSCORE: ([key = '', member = '']) => {
      const score = scoresOf(key)?.get(member)
      return score === undefined ? false : String(score)
    },
    ZRANK: ([key = '', member = '']) => {
      const rank = inOrder(scoresOf(key)).findIndex(([each]) => each === member)
      return rank < 0 ? false : rank
    },
    ZADD: ([key = '', ...rest]) => {
      const [condition] = rest[0] === 'NX' || rest[0] === 'GT' ? rest.splice(0, 1) : []
      const scores = makeScores(key)
      let added = 0
      for (let at = 0; at < rest.length; at += 2) {
        const [score = '', member = ''] = rest.slice(at, at + 2)
        const known = scores.get(member)
        if (known !== undefined && (condition === 'NX' || (condition === 'GT' && known >= Number(score))))
          continue
        scores.set(member, Number(score))
        if (known === undefined) added += 1
      }
      return added
    },
    ZREM: ([key = '', ...members]) => removeFrom(key, scoresOf(key), members),
    ZPOPMIN: ([key = '', count = '1']) => {
      const first = inOrder(scoresOf(key)).slice(0, Number(count))
      removeFrom(
        key,
        scoresOf(key),
        first.map(([member]) => member),
      )
      return first.flatMap(([member, score]) => [member, String(score)])
    },
    ZRANGE: ([key = '', from = '', to = '', by, , , count = '']) => {
      if (by !== 'BYSCORE' || from !== '-inf') throw new LuaError(`ZRANGE ${by} is not known here`)
      const due = inOrder(scoresOf(key)).filter(([, score]) => score <= Number(to))
      return due.slice(0, Number(count)).map(([member]) => member)
    },
    XADD: ([key = '', , , , id = '', ...fields]) => {
      const known = values.get(key)
      const stream = known === undefined ? [] : Array.isArray(known) ? known : wrongType()
      const seq = Number(id.replace(/-0$/, ''))
      if (seq <= (stream.at(-1)?.id ?? 0))
        throw new LuaError('The ID specified in XADD is equal or smaller than the target stream top item')
      stream.push({ id: seq, fields })
      values.set(key, stream)
      return id
    },
    XRANGE: ([key = '', from = '', , , count = '']) => {
      const stream = values.get(key)
      if (stream === undefined) return []
      const kept = Array.isArray(stream) ? stream : wrongType()
      const first = Number(from.replace(/-0$/, ''))
      return kept
        .filter((entry) => entry.id >= first)
        .slice(0, Number(count))
        .map((entry) => [`${entry.id}-0`, [...entry.fields]])
    },
    EXPIRE: ([key = '']) => (values.has(key) ? 1 : 0),
    INFO: () => `# Server\r\nrun_id:${runId}\r\n`,
    TIME: () => {
      const micros = clock.nowMicros()
      return [String(Math.floor(micros / 1e6)), String(micros % 1e6)]
    },
  }

  return {
    call: (name, args) => {
      const command = commands[name]
      if (command === undefined) throw new LuaError(`the simulated Redis knows no ${name}`)
      return command(args)
    },
    empty: () => values.clear(),
    dropKey: (key) => void values.delete(key),
    keys: () => [...values.keys()],
    restart: (nextRunId, checkpoint) => {
      runId = nextRunId
      if (checkpoint !== undefined) values = copyOf(checkpoint)
    },
    checkpoint: () => copyOf(values),
    hash: (key) => hashOf(key) ?? new Map<string, string>(),
    scores: (key) => scoresOf(key) ?? new Map<string, number>(),
  }
}

/** By score, then by name, as Redis keeps them. */
function inOrder(scores: ReadonlyMap<string, number> | undefined): [string, number][] {
  return [...(scores ?? [])].sort(([one, first], [other, second]) => first - second || (one < other ? -1 : 1))
}

function copyOf(values: ReadonlyMap<string, Value>): Checkpoint {
  return new Map([...values].map(([key, value]) => [key, copyValue(value)]))
}

function copyValue(value: Value): Value {
  if (Array.isArray(value)) return [...value]
  return value instanceof Map ? new Map(value) : { scores: new Map(value.scores) }
}

function wrongType(): never {
  throw new LuaError('WRONGTYPE Operation against a key holding the wrong kind of value')
}
