/** The part of the Web Storage API this needs. */
export type AttemptStore = {
  getItem: (key: string) => string | null
  setItem: (key: string, value: string) => void
  removeItem: (key: string) => void
}

/**
 * One idempotency key per attempt at something that moves money. The key outlives a lost reply and a reload, so asking
 * again is asking for the same effect; `endAttempt` after a definite answer makes the next one a new attempt.
 */
export function attemptKey(store: AttemptStore, name: string): string {
  const kept = store.getItem(storageKey(name))
  if (kept !== null) return kept
  const made = randomKey()
  store.setItem(storageKey(name), made)
  return made
}

export function endAttempt(store: AttemptStore, name: string): void {
  store.removeItem(storageKey(name))
}

const storageKey = (name: string): string => `greenroom:attempt:${name}`

/** 128 random bits; `crypto.randomUUID` is missing on plain http addresses, `getRandomValues` is not. */
export function randomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}
