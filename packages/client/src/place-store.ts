import type { AccountId, ConcertId, Entry } from '@greenroom/contract'

/** The fan's proof of a place: what a server that lost its memory gets back. */
export type Place = { receipt?: string; pass?: string }

/** The part of the Web Storage API that is needed; `localStorage` in a page. */
export type TextStorage = {
  getItem: (key: string) => string | null
  setItem: (key: string, value: string) => void
  removeItem: (key: string) => void
}

/**
 * Keeps each concert's receipt and pass, of each fan by themselves: two people on one device keep their places. Losing it
 * costs nothing as long as the server remembers.
 */
export type PlaceStore = {
  read: (concertId: ConcertId) => Place
  keep: (concertId: ConcertId, entry: Entry) => void
  forget: (concertId: ConcertId) => void
  /** From now on it is this fan's places that are read and kept. Answers whether it was somebody else's before. */
  belongTo: (fanId: AccountId) => boolean
}

/** Who was here last: a page shows their proof with its first question, before it can know who is signed in. */
const fanKey = 'greenroom:fan'

export function createPlaceStore(storage: TextStorage = memoryStorage()): PlaceStore {
  let fan = storage.getItem(fanKey) ?? ''
  const keyOf = (concertId: ConcertId, kind: keyof Place): string => `greenroom:${kind}:${concertId}:${fan}`
  const forget = (concertId: ConcertId): void => {
    storage.removeItem(keyOf(concertId, 'receipt'))
    storage.removeItem(keyOf(concertId, 'pass'))
  }
  return {
    read: (concertId) => {
      const receipt = storage.getItem(keyOf(concertId, 'receipt'))
      const pass = storage.getItem(keyOf(concertId, 'pass'))
      return { ...(receipt === null ? {} : { receipt }), ...(pass === null ? {} : { pass }) }
    },
    keep: (concertId, entry) => {
      if (entry.state === 'none') forget(concertId)
      else if (entry.state === 'waiting') {
        storage.setItem(keyOf(concertId, 'receipt'), entry.receipt)
        storage.removeItem(keyOf(concertId, 'pass'))
      } else storage.setItem(keyOf(concertId, 'pass'), entry.pass)
    },
    forget,
    belongTo: (fanId) => {
      if (fan === String(fanId)) return false
      fan = String(fanId)
      storage.setItem(fanKey, fan)
      return true
    },
  }
}

function memoryStorage(): TextStorage {
  const texts = new Map<string, string>()
  return {
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, value) => {
      texts.set(key, value)
    },
    removeItem: (key) => {
      texts.delete(key)
    },
  }
}
