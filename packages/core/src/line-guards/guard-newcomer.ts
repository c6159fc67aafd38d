import { type AccountId, type Challenge, type ConcertId, DomainError } from '@greenroom/contract'
import { addressGroup } from '../platform/address-group.ts'
import type { ChallengeProvider } from '../platform/env.ts'
import type { Deps } from '../platform/deps.ts'
import { askProvider } from './ask-provider.ts'
import type { Door, Guards } from './guards.ts'
import { challengeLifeMs, checkWork, signWork } from './work.ts'

/** What the step that makes the place holds the newcomer to. */
type Held = { address: { group: string; mostWaiting: number } | null; proofEndsMs: number | null }

/**
 * Asks a newcomer for what the concert's guards want. Keeps nothing: that a challenge is good once is decided in the step that
 * makes the place. A provider that was set and is not there any more is stood in for by work.
 *
 * Refuses with CHALLENGE_REQUIRED, which carries a challenge; CHALLENGE_REFUSED; UNAVAILABLE when the provider does not answer.
 */
export async function guardNewcomer(
  deps: Deps,
  asked: { guards: Guards; bearer: { concertId: ConcertId; fanId: AccountId }; door: Door; nowMs: number },
): Promise<Held> {
  const { guards, door } = asked
  const { mostPerAddress } = guards
  const address =
    mostPerAddress === null || door.address === undefined
      ? null
      : { group: addressGroup(door.address), mostWaiting: mostPerAddress }
  const proofEndsMs = guards.challenge === 'off' ? null : await requireProof(deps, asked)
  return { address, proofEndsMs }
}

async function requireProof(deps: Deps, asked: Parameters<typeof guardNewcomer>[1]): Promise<number> {
  const { guards, bearer, door, nowMs } = asked
  const bits = guards.challengeBits
  const provider = guards.challenge === 'provider' ? deps.settings.challengeProvider : undefined
  if (door.proof === undefined) {
    const challenge = provider === undefined ? signWork(deps, bearer, { bits, nowMs }) : widgetOf(provider)
    throw new DomainError('CHALLENGE_REQUIRED', { challenge })
  }
  if (provider === undefined) return checkWork(deps, bearer, { proof: door.proof, bits, nowMs })
  await askProvider(provider, { proof: door.proof, address: door.address })
  // the provider takes each of its proofs once; by this one the fan's next within the same millisecond is none
  return nowMs + challengeLifeMs
}

function widgetOf({ widgetUrl }: ChallengeProvider): Challenge {
  return { kind: 'provider', widgetUrl }
}
