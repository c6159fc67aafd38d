import type { ConcertId, Entry, WireError } from '@greenroom/contract'
import { DomainError } from '@greenroom/contract/plain'
import { greenroomError } from './greenroom-error.ts'
import { jitterBetween } from './jitter.ts'
import { keepAsking } from './keep-asking.ts'
import type { Line } from './line-source.ts'
import type { LiveDeps } from './live-deps.ts'
import { type LineHandlers, type LineWatch, watchLine } from './watch-line.ts'

export type TurnOptions = Partial<Pick<LineHandlers, 'onPlace' | 'onProgress' | 'onState'>> & {
  /** Ends the waiting, not the place in line: that is `line.leave`. */
  signal?: AbortSignal
}

/**
 * Joins the line, or finds the own place in it, waits by socket, claims the offer and answers with the pass. Safe to
 * repeat, also at once on two devices: it is one place. A turn that lapsed begins again at the end of the line.
 * Broken connections are waited out; a refusal that would only be repeated (LINE_CLOSED, SIGN_IN_REQUIRED, NOT_FOUND)
 * rejects with its `DomainError`, an abort with the signal's reason.
 */
export async function waitForTurn(
  deps: LiveDeps & { line: Line },
  input: { concertId: ConcertId },
  options: TurnOptions = {},
): Promise<string> {
  const { line, random } = deps
  const { concertId } = input
  const { signal, onProgress = () => undefined, ...others } = options
  const handlers = { ...others, onProgress }
  const turn = Promise.withResolvers<string>()
  let entry: Entry = { state: 'none' }
  let watch: LineWatch | undefined
  let isOver = false

  const step = async (): Promise<number> => {
    const before = entry
    if (before.state === 'none') keep(before, (await line.join(concertId)).entry)
    else if (before.state === 'offered') keep(before, await claim(before.pass))
    // given up while that was under way: a watch that begins now would be ended by nobody
    if (isOver) return Number.POSITIVE_INFINITY
    watch ??= watchLine({ ...deps, lineSource: line }, input, {
      ...handlers,
      onEntry: (next) => {
        entry = next
        asking.now()
      },
      onRefused: refuse,
    })
    if (entry.state === 'active') turn.resolve(entry.pass)
    if (entry.state === 'offered') return 0
    // no place although we just joined, or too late to claim: the line gives the place on at its next tick
    return entry.state === 'none' ? jitterBetween(random, 200, 1_200) : Number.POSITIVE_INFINITY
  }
  /** What the watch told meanwhile is newer than this answer. */
  const keep = (before: Entry, answer: Entry): void => {
    if (entry === before) entry = answer
  }
  /** Too late is no failure: the place went to the next, and there is a new one at the end. */
  const claim = async (pass: string): Promise<Entry> => {
    try {
      return await line.enter(concertId, pass)
    } catch (error) {
      const code = greenroomError(error)?.code
      if (code !== 'PASS_REFUSED' && code !== 'NOT_IN_LINE') throw error
      return { state: 'none' }
    }
  }
  const refuse = (refusal: WireError): void => turn.reject(new DomainError(refusal.code, refusal.details))
  const giveUp = (): void => turn.reject(signal?.reason)

  const asking = keepAsking(deps, {
    ask: step,
    onTrouble: () => options.onState?.('reconnecting'),
    onRefused: refuse,
  })
  signal?.addEventListener('abort', giveUp, { once: true })
  if (signal?.aborted) giveUp()
  try {
    return await turn.promise
  } finally {
    isOver = true
    asking.stop()
    watch?.stop()
    signal?.removeEventListener('abort', giveUp)
  }
}
