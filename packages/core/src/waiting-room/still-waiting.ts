import { DomainError } from '@greenroom/contract'

/** Not your turn yet: `ahead` fans come first, so the fan's position is the next one. */
export function stillWaiting(ahead: number): DomainError {
  return new DomainError('STILL_WAITING', { ahead, position: ahead + 1 })
}
