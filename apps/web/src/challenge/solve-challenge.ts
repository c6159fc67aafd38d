import type { SolveChallenge } from '@greenroom/client'
import type { Challenge, ConcertId, WorkChallenge } from '@greenroom/contract'
import { DomainError, puzzlesPerChallenge } from '@greenroom/contract/plain'
import { endChallenge, setChallenge } from './challenge-state.ts'
import { keepWork, takeUpWork } from './kept-work.ts'
import type { FromWorker, ToWorker } from './worker-messages.ts'

/** Does what a line asks of newcomers, and shows how far it is: see `ChallengeView`. */
export const solveChallenge: SolveChallenge = async (challenge, concertId) => {
  try {
    return await (challenge.kind === 'work' ? solveInWorker(challenge, concertId) : askWidget(challenge))
  } finally {
    endChallenge()
  }
}

async function solveInWorker(asked: WorkChallenge, concertId: ConcertId): Promise<string> {
  const { challenge, answers } = takeUpWork(localStorage, concertId, asked)
  const show = (done: number): void => setChallenge({ kind: 'work', done, all: puzzlesPerChallenge })
  const solved = Promise.withResolvers<string>()
  const worker = new Worker(new URL('./challenge-worker.ts', import.meta.url), { type: 'module' })
  show(answers.length)
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    if ('proof' in data) return solved.resolve(data.proof)
    keepWork(localStorage, concertId, { challenge, answers: data.answers })
    show(data.answers.length)
  })
  worker.addEventListener('error', () => solved.reject(unsolved(challenge)))
  worker.postMessage({ challenge, answers } satisfies ToWorker)
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
