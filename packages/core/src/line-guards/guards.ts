import type { ChallengeKind } from '@greenroom/contract'

/** What a concert's operator asks of newcomers to its line. */
export type Guards = {
  challenge: ChallengeKind
  challengeBits: number
  /** Accounts of one address that may wait at a time; `null`: any number. */
  mostPerAddress: number | null
}

/** How a fan came to the line's door. */
export type Door = {
  /** The address of the caller, as the edge that took the call knows it. */
  address?: string | undefined
  /** What solving the challenge gave. */
  proof?: string | undefined
}
