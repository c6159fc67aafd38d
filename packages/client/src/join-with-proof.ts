import type { Challenge, ConcertId, LineStatus } from '@greenroom/contract'
import type { Api } from './api.ts'
import { greenroomError } from './greenroom-error.ts'

/** Does what a line asks of newcomers and gives the proof. */
export type SolveChallenge = (challenge: Challenge, concertId: ConcertId) => Promise<string>
type JoinInput = Parameters<Api['waitingRoom']['join']['mutate']>[0] & { concertId: ConcertId }

/** A proof may be too late, or made for fewer bits than the operator asks for by now. */
const maxChallenges = 3

/** Joins; when the line asks newcomers for something, does that and joins with the proof. Rejects with the last refusal. */
export async function joinWithProof(
  api: { waitingRoom: { join: { mutate: (input: JoinInput) => Promise<LineStatus> } } },
  input: JoinInput,
  solve: SolveChallenge | undefined,
): Promise<LineStatus> {
  for (let asked = 0, proof: string | undefined; ; ) {
    try {
      return await api.waitingRoom.join.mutate(proof === undefined ? input : { ...input, proof })
    } catch (error) {
      const refusal = greenroomError(error)
      const isRefused = proof !== undefined && refusal?.code === 'CHALLENGE_REFUSED'
      proof = undefined
      if (isRefused && asked < maxChallenges) continue
      if (refusal?.code !== 'CHALLENGE_REQUIRED' || solve === undefined || asked >= maxChallenges) throw error
      asked += 1
      proof = await solve(refusal.details.challenge, input.concertId)
    }
  }
}
