import { greenroomError, retryHintMs } from '@greenroom/client'
import type { WireError } from '@greenroom/contract'
import type { HistoryEvent } from '@greenroom/oracles'

/** What one call came to, as its caller knows it. */
export type Answer<T> =
  | { outcome: 'ok'; value: T; event: HistoryEvent }
  | { outcome: 'refused'; refusal: WireError }
  | { outcome: 'unknown' }

/** Everything that all fans saw, in the order of the answers. */
export type History = {
  events: HistoryEvent[]
  /** Told of each event when it is written down: the answer of a call, or something that a fan was shown. */
  onEvent: (event: HistoryEvent, source: 'answer' | 'shown') => void
}

/** Milliseconds since 1970, never backwards, finer than a call is short. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now()
}

/** Writes down what a fan was shown without having asked: it is part of what they saw, and no call. */
export function recordShown(history: History, event: HistoryEvent): void {
  history.events.push(event)
  history.onEvent(event, 'shown')
}

type Bare<Event> = Event extends HistoryEvent ? Omit<Event, 'startMs' | 'endMs' | 'outcome' | 'code'> : never

/** What the call is, before anything is known of its answer. */
export type Called = Bare<HistoryEvent>

/**
 * Makes a call and writes it down: `ok` with what the answer adds, `refused` by a rule, or `unknown` when nobody can tell
 * whether it took effect: no answer, a broken server, one that says so, or an answer that `describe` cannot read. Passes
 * result and failure on.
 */
export async function record<T>(
  history: History,
  called: Called,
  call: () => Promise<T>,
  describe: (value: T) => Partial<Called> = () => ({}),
): Promise<{ value: T; event: HistoryEvent }> {
  const startMs = nowMs()
  const write = (
    rest: Partial<Called> & { outcome: HistoryEvent['outcome']; code?: string },
  ): HistoryEvent => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a bare event with the fields it was bared of
    const event = { ...called, ...rest, startMs, endMs: nowMs() } as HistoryEvent
    history.events.push(event)
    history.onEvent(event, 'answer')
    return event
  }
  let value: T
  try {
    value = await call()
  } catch (error) {
    const refusal = knownRefusal(error)
    write(refusal === undefined ? { outcome: 'unknown' } : { outcome: 'refused', code: refusal.code })
    throw error
  }
  let said: Partial<Called>
  try {
    said = describe(value)
  } catch (error) {
    // it was answered, so it may have its effect, whatever the answer was to say
    write({ outcome: 'unknown' })
    throw new UnreadableAnswer(`the answer to ${called.op} cannot be read`, { cause: error })
  }
  return { value, event: write({ ...said, outcome: 'ok' }) }
}

/** An answer that does not say what it must: no call without an answer, but a fault of whoever gave it. */
class UnreadableAnswer extends Error {}

/** The same, for whoever wants failure as an answer. Throws when an answer cannot be read. */
export async function recordCall<T>(...call: Parameters<typeof record<T>>): Promise<Answer<T>> {
  try {
    return { outcome: 'ok', ...(await record(...call)) }
  } catch (error) {
    if (error instanceof UnreadableAnswer) throw error
    const refusal = knownRefusal(error)
    return refusal === undefined ? { outcome: 'unknown' } : { outcome: 'refused', refusal }
  }
}

/** A refusal that says for certain that the call had no effect. */
function knownRefusal(error: unknown): WireError | undefined {
  const refusal = greenroomError(error)
  if (refusal === undefined) return undefined
  return retryHintMs(error) === undefined || refusal.code === 'RATE_LIMITED' ? refusal : undefined
}
