import { createHash } from 'node:crypto'
import { accountId, concertId, DomainError, puzzleBits, puzzlesPerChallenge } from '@greenroom/contract'
import type { AccountId, ConcertId, WorkChallenge } from '@greenroom/contract'
import { z } from 'zod'
import type { Deps } from '../platform/deps.ts'
import { readOwnToken, signToken } from '../platform/signed-token.ts'

type Fan = { concertId: ConcertId; fanId: AccountId }

/** Long enough for the slowest phone at the hardest setting; work done earlier than this is good for nothing. */
export const challengeLifeMs = 5 * 60_000

const body = z.object({ c: concertId, f: accountId, b: z.number().int(), exp: z.number().int() })
/** As a number writes itself: one answer has one text. At most 11 digits keep the text of a try within one block of SHA-256. */
const answerText = /^(0|[1-9]\d{0,9})$/

/**
 * A challenge for one fan and one line (hashcash, Back 2002, with a server's stamp): nothing is kept of it. The same
 * question in the same millisecond gives the same text.
 */
export function signWork(
  deps: Pick<Deps, 'keys'>,
  { concertId: concert, fanId }: Fan,
  { bits, nowMs }: { bits: number; nowMs: number },
): WorkChallenge {
  const expiresAtMs = nowMs + challengeLifeMs
  const challenge = signToken(deps.keys.challenge, { c: concert, f: fanId, b: bits, exp: expiresAtMs })
  return { kind: 'work', challenge, bits, expiresAtMs }
}

/**
 * When the solved challenge ends, which names it among the fan's. Refuses with CHALLENGE_REFUSED: forged or not a proof
 * (`invalid`), `otherFan`, `otherConcert`, `expired`, and `tooEasy` when it is solved for fewer bits than are wanted, or not.
 */
export function checkWork(
  deps: Pick<Deps, 'keys'>,
  { concertId: concert, fanId }: Fan,
  { proof, bits, nowMs }: { proof: string; bits: number; nowMs: number },
): number {
  const [challenge = '', answers = '', rest] = proof.split(':')
  const read =
    rest === undefined ? body.safeParse(readOwnToken(deps.keys, 'challenge', challenge)) : undefined
  if (!read?.success) throw refusal('invalid')
  const { c, f, b, exp } = read.data
  if (f !== fanId) throw refusal('otherFan')
  if (c !== concert) throw refusal('otherConcert')
  if (exp <= nowMs) throw refusal('expired')
  if (b < bits || !isSolved(challenge, answers.split(','), puzzleBits(b))) throw refusal('tooEasy')
  return exp
}

function isSolved(challenge: string, answers: string[], bits: number): boolean {
  const seed = createHash('sha256').update(challenge).digest('base64url')
  return (
    answers.length === puzzlesPerChallenge &&
    answers.every(
      (answer, puzzle) => answerText.test(answer) && leadingZeros(`${seed}${puzzle}${answer}`) >= bits,
    )
  )
}

/** Of the SHA-256 of a text; 32 at most are looked at. */
function leadingZeros(text: string): number {
  return Math.clz32(createHash('sha256').update(text).digest().readUInt32BE(0))
}

function refusal(reason: 'invalid' | 'otherFan' | 'otherConcert' | 'expired' | 'tooEasy'): DomainError {
  return new DomainError('CHALLENGE_REFUSED', { reason })
}
