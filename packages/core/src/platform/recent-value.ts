import { isDomainError } from '@greenroom/contract'

type Kept<Value> = { value: Value; readAtMs: number; tookMs: number }

/** A value of each key, read again when it is older than `maxAgeMs`; many who ask at once cause one read. */
export type RecentValue<Owner extends object, Key, Value> = {
  read: (owner: Owner, key: Key) => Promise<Kept<Value>>
  /** What was read of it last, however long ago; `undefined` when nothing is at hand. Nothing is read. */
  recall: (owner: Owner, key: Key) => Value | undefined
  /** Makes the next read a fresh one, in this process. */
  forget: (owner: Owner, key: Key) => void
}

/**
 * Remembers what was read, in this process, for each owner (the connections it was read by) and key: at an opening
 * everybody asks for the same few things. When reading fails and an older value is at hand, that one is given for up to
 * `staleMs` more: settings outlive a short absence of Postgres. That it is not there any more is told at once. Failed reads keep nothing, so keys that do not exist
 * take no memory.
 */
export function recentValue<Owner extends object, Key, Value>(options: {
  /** May depend on how long the reading took, so that dear readings are made more seldom. */
  maxAgeMs: number | ((tookMs: number) => number)
  staleMs?: number
  /** Of one owner; beyond that the one read longest ago goes. */
  maxEntries: number
  load: (owner: Owner, key: Key) => Promise<Value>
}): RecentValue<Owner, Key, Value> {
  const { maxAgeMs, staleMs = 0, maxEntries } = options
  const keptOf = perOwner<Owner, Key, Kept<Value>>()
  const pendingOf = perOwner<Owner, Key, Promise<Kept<Value>>>()

  const load = async (owner: Owner, key: Key): Promise<Kept<Value>> => {
    // before the read: the value may be as old as the question, never older
    const readAtMs = performance.now()
    const value = await options.load(owner, key)
    return { value, readAtMs, tookMs: performance.now() - readAtMs }
  }

  const overdueMsOf = ({ readAtMs, tookMs }: Kept<Value>): number =>
    performance.now() - readAtMs - (typeof maxAgeMs === 'number' ? maxAgeMs : maxAgeMs(tookMs))

  return {
    read: async (owner, key) => {
      const kept = keptOf(owner).get(key)
      const overdueMs = kept === undefined ? Number.POSITIVE_INFINITY : overdueMsOf(kept)
      if (kept !== undefined && overdueMs < 0) return kept
      const pending = pendingOf(owner).get(key) ?? load(owner, key)
      pendingOf(owner).set(key, pending)
      try {
        const fresh = await pending
        // forgotten while it was read: it may be what was before the change
        if (pendingOf(owner).get(key) === pending) keep(keptOf(owner), key, fresh, maxEntries)
        return fresh
      } catch (error) {
        // an answer, and no failure: what was there is there no more
        if (kept === undefined || overdueMs > staleMs || isDomainError(error, 'NOT_FOUND')) throw error
        return kept
      } finally {
        if (pendingOf(owner).get(key) === pending) pendingOf(owner).delete(key)
      }
    },
    recall: (owner, key) => keptOf(owner).get(key)?.value,
    forget: (owner, key) => {
      keptOf(owner).delete(key)
      pendingOf(owner).delete(key)
    },
  }
}

function keep<Key, Value>(values: Map<Key, Value>, key: Key, value: Value, maxEntries: number): void {
  values.delete(key)
  values.set(key, value)
  const oldest = values.keys().next()
  if (values.size > maxEntries && !oldest.done) values.delete(oldest.value)
}

/** One map for each owner (a process's connections), forgotten with it. */
function perOwner<Owner extends object, Key, Value>(): (owner: Owner) => Map<Key, Value> {
  const maps = new WeakMap<Owner, Map<Key, Value>>()
  return (owner) => {
    const map = maps.get(owner) ?? new Map<Key, Value>()
    maps.set(owner, map)
    return map
  }
}
