import { DomainError } from '@greenroom/contract'

/** Each turn lost one race: another device gave the place up, or Redis lost it, between two steps of the one before. */
const maxTurns = 3
const retryAfterMs = 500

/** What `turn` answers as soon as it is not `undefined`: gone under its own call. LINE_REBUILDING after three of those. */
export async function askAgainWhenGone<T>(turn: () => Promise<T | undefined>): Promise<T> {
  for (let turns = 0; turns < maxTurns; turns++) {
    const answer = await turn()
    if (answer !== undefined) return answer
  }
  throw new DomainError('LINE_REBUILDING', { retryAfterMs })
}
