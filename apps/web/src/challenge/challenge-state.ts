import { useSyncExternalStore } from 'react'

/** What a line that this page joins asks for at this moment. */
export type ChallengeState =
  | { kind: 'none' }
  /** Puzzles done, of all. */
  | { kind: 'work'; done: number; all: number }
  | { kind: 'provider'; widgetUrl: string; take: (proof: string) => void; giveUp: () => void }

const none: ChallengeState = { kind: 'none' }
let state: ChallengeState = none
const listeners = new Set<() => void>()

export function setChallenge(next: ChallengeState): void {
  state = next
  for (const tell of listeners) tell()
}

export function endChallenge(): void {
  setChallenge(none)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export function useChallenge(): ChallengeState {
  return useSyncExternalStore(subscribe, () => state)
}
