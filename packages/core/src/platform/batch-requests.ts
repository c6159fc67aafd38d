import { DomainError } from '@greenroom/contract'
import type { Context } from '@opentelemetry/api'
import { outsideCalls } from './call-context.ts'
import { currentContext, inSpan, sharedBy } from './trace.ts'

/** What became of one request of a batch. `again`: undecided, it goes into the next batch ahead of newcomers. */
export type Settled<Out> =
  | { kind: 'done'; value: Out }
  | { kind: 'failed'; error: unknown }
  | { kind: 'again' }

export type BatcherOptions<In, Out> = {
  maxBatch: number
  /** Batches under way at once. */
  maxRunning: number
  /** So many requests begin another batch beside those under way; fewer wait for one to end, a few milliseconds at most. */
  worthAnother?: number
  /** Requests that may wait; one more is refused with OVERLOADED. */
  maxWaiting: number
  /** Two requests with the same key never run at the same time: the second sees what the first did. */
  keyOf: (input: In) => string
  /** Answers with one outcome for each input, in their order. When it rejects, every request of the batch does. */
  run: (inputs: In[]) => Promise<Settled<Out>[]>
}

export type Batcher<In, Out> = {
  submit: (input: In) => Promise<Out>
  /** For metrics. */
  load: () => { running: number; waiting: number }
}

/** A batch that waits for a lock keeps those who come after it this long. */
const patienceMs = 5

/** Undecided this often means that others change the same things all the time. */
const maxTurns = 10
const retryAfterMs = 200

type Waiting<In, Out> = {
  input: In
  key: string
  turns: number
  /** Where it is traced. */
  context: Context | undefined
  resolve: (value: Out) => void
  reject: (error: unknown) => void
}

/**
 * Folds requests that come at about the same time into batches, in order of arrival. Nothing is held back to fill a batch:
 * a request that finds no batch running starts one with whatever else arrived in the same turn of the event loop. Beside one
 * that runs another begins when that is worth its while: fuller batches cost less.
 */
export function createBatcher<In, Out>(options: BatcherOptions<In, Out>): Batcher<In, Out> {
  let waiting: Waiting<In, Out>[] = []
  const runningKeys = new Set<string>()
  let running = 0
  let isPumpDue = false
  let patience: ReturnType<typeof setTimeout> | undefined

  const takeBatch = (): Waiting<In, Out>[] => {
    const batch: Waiting<In, Out>[] = []
    const rest: Waiting<In, Out>[] = []
    for (const request of waiting) {
      if (batch.length < options.maxBatch && !runningKeys.has(request.key)) {
        runningKeys.add(request.key)
        batch.push(request)
      } else rest.push(request)
    }
    waiting = rest
    return batch
  }

  const settle = (batch: Waiting<In, Out>[], outcomes: Settled<Out>[]): void => {
    const again: Waiting<In, Out>[] = []
    batch.forEach((request, at) => {
      const outcome = outcomes[at] ?? { kind: 'failed', error: new Error('a request has no outcome') }
      runningKeys.delete(request.key)
      request.turns += 1
      if (outcome.kind === 'done') request.resolve(outcome.value)
      else if (outcome.kind === 'failed') request.reject(outcome.error)
      else if (request.turns < maxTurns) again.push(request)
      else request.reject(new DomainError('OVERLOADED', { retryAfterMs }))
    })
    waiting = [...again, ...waiting]
  }

  const runBatch = async (batch: Waiting<In, Out>[]): Promise<void> => {
    running += 1
    const shared = sharedBy(batch.map(({ context }) => context))
    const outcomes = await inSpan('batch', shared, () =>
      options.run(batch.map((request) => request.input)),
    ).catch((error: unknown) => batch.map((): Settled<Out> => ({ kind: 'failed', error })))
    running -= 1
    settle(batch, outcomes)
    pump()
  }

  const isWorthIt = (): boolean => running === 0 || waiting.length >= (options.worthAnother ?? 1)

  const pump = (isLate = false): void => {
    isPumpDue = false
    while (running < options.maxRunning) {
      if (!isLate && !isWorthIt()) return pumpLater()
      const batch = takeBatch()
      if (batch.length === 0) return
      void runBatch(batch)
    }
  }

  const pumpLater = (): void => {
    if (waiting.length === 0 || patience !== undefined) return
    patience = setTimeout(() => {
      patience = undefined
      pump(true)
    }, patienceMs)
  }

  return {
    submit: (input) =>
      new Promise((resolve, reject) => {
        if (waiting.length >= options.maxWaiting) {
          reject(new DomainError('OVERLOADED', { retryAfterMs }))
          return
        }
        const context = currentContext()
        waiting.push({ input, key: options.keyOf(input), turns: 0, context, resolve, reject })
        if (isPumpDue || running >= options.maxRunning) return
        isPumpDue = true
        // after the callbacks of this turn: requests that arrived together go together
        outsideCalls(() => setImmediate(() => pump()))
      }),
    load: () => ({ running, waiting: waiting.length }),
  }
}
