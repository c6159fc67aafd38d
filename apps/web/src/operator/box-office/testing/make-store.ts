import type { ScanStore } from '../kept-scans.ts'

/** A device's storage that takes so many characters. */
export function makeStore(room = 1_000_000): ScanStore {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError')
      kept.set(key, value)
    },
  }
}
