import type { Database } from '../platform/database.ts'

type Kept<Value> = { value: Promise<Value>; staleAtMs: number }

/**
 * Remembers answers for `ttlMs`, per process and database, and asks once for all who want the same answer meanwhile: at
 * opening, everybody loads one page. Failures are not kept. At most `maxEntries` answers; the oldest goes first.
 */
export function createShortCache<Key, Value>(limits: {
  ttlMs: number
  maxEntries: number
}): (db: Database, key: Key, load: () => Promise<Value>) => Promise<Value> {
  const caches = new WeakMap<Database, Map<Key, Kept<Value>>>()
  return async (db, key, load) => {
    const cache = caches.get(db) ?? new Map<Key, Kept<Value>>()
    caches.set(db, cache)
    const known = cache.get(key)
    if (known !== undefined && performance.now() < known.staleAtMs) return await known.value
    const kept = { value: load(), staleAtMs: performance.now() + limits.ttlMs }
    cache.delete(key)
    cache.set(key, kept)
    const oldest = cache.keys().next()
    if (cache.size > limits.maxEntries && !oldest.done) cache.delete(oldest.value)
    try {
      return await kept.value
    } catch (error) {
      if (cache.get(key) === kept) cache.delete(key)
      throw error
    }
  }
}
