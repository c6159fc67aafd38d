import type { SolveChallenge } from '@greenroom/client'
import type { Challenge, WorkChallenge } from '@greenroom/contract'
import { DomainError } from '@greenroom/contract/plain'
import { endChallenge, setChallenge } from './challenge-state.ts'
import type { FromWorker, ToWorker } from './worker-messages.ts'

/** Does what a line asks of newcomers, and shows how far it is: see `ChallengeView`. */
export const solveChallenge: SolveChallenge = async (challenge) => {
  try {
    return await (challenge.kind === 'work' ? solveInWorker(challenge) : askWidget(challenge))
  } finally {
    endChallenge()
  }
}

async function solveInWorker(challenge: WorkChallenge): Promise<string> {
  const solved = Promise.withResolvers<string>()
  const worker = new Worker(new URL('./challenge-worker.ts', import.meta.url), { type: 'module' })
  setChallenge({ kind: 'work', done: 0, all: 8 })
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    if ('proof' in data) solved.resolve(data.proof)
    else setChallenge({ kind: 'work', ...data })
  })
  worker.addEventListener('error', () => solved.reject(unsolved(challenge)))
  worker.postMessage(challenge satisfies ToWorker)
  try {
    return await solved.promise
  } finally {
    worker.terminate()
  }
}

async function askWidget(challenge: Extract<Challenge, { kind: 'provider' }>): Promise<string> {
  const solved = Promise.withResolvers<string>()
  setChallenge({
    kind: 'provider',
    widgetUrl: challenge.widgetUrl,
    take: solved.resolve,
    giveUp: () => solved.reject(unsolved(challenge)),
  })
  return await solved.promise
}

/** What the page says of it is the refusal's own sentence. */
function unsolved(challenge: Challenge): DomainError {
  return new DomainError('CHALLENGE_REQUIRED', { challenge })
}
