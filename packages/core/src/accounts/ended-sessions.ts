/** Ids of one page: 4 kB. */
const pageIds = 32_768
const bitsOfWord = 32

/** The sessions that were ended before their time, by their ids. */
export type EndedSessions = {
  add: (sessionId: number, expiresAtMs: number) => void
  has: (sessionId: number) => boolean
  /** Lets go of those that have expired by then, page by page. */
  forget: (nowMs: number) => void
  /** What they are kept in. */
  bytes: () => number
}

/**
 * A bit for each: ids are handed out one after the other, so whoever signs in and out as often as they may for a week, 600,000 times,
 * costs every process 80 kB. An entry of a map would be 60 bytes each, and forgetting the oldest would open their sessions again.
 */
export function createEndedSessions(): EndedSessions {
  const pages = new Map<number, { words: Uint32Array; lastExpiresAtMs: number }>()
  return {
    add: (sessionId, expiresAtMs) => {
      const number = Math.floor(sessionId / pageIds)
      const page = pages.get(number) ?? {
        words: new Uint32Array(pageIds / bitsOfWord),
        lastExpiresAtMs: expiresAtMs,
      }
      pages.set(number, page)
      page.lastExpiresAtMs = Math.max(page.lastExpiresAtMs, expiresAtMs)
      const { word, bit } = placeOf(sessionId)
      page.words[word] = (page.words[word] ?? 0) | bit
    },
    has: (sessionId) => {
      const page = pages.get(Math.floor(sessionId / pageIds))
      const { word, bit } = placeOf(sessionId)
      return page !== undefined && ((page.words[word] ?? 0) & bit) !== 0
    },
    forget: (nowMs) => {
      for (const [number, { lastExpiresAtMs }] of pages) if (lastExpiresAtMs <= nowMs) pages.delete(number)
    },
    bytes: () => pages.size * (pageIds / 8),
  }
}

function placeOf(sessionId: number): { word: number; bit: number } {
  const place = sessionId % pageIds
  return { word: Math.floor(place / bitsOfWord), bit: 1 << (place % bitsOfWord) }
}
