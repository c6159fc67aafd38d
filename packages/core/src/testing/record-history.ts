import { DomainError } from '@greenroom/contract'
import type { HistoryEvent } from '@greenroom/oracles'

/** What is known of a call before it is made. */
type Asked<Event extends HistoryEvent> = Omit<Event, 'startMs' | 'endMs' | 'outcome' | 'code'>

export type Recorder = {
  history: HistoryEvent[]
  /**
   * Makes the call and writes down how it went; `answer` adds what the answer said. `undefined`: it was refused with one of
   * these codes, or its connection died. Rejects with every other error.
   */
  record: <Event extends HistoryEvent>(
    asked: Asked<Event>,
    call: () => Promise<Partial<Event>>,
    refusals: readonly string[],
  ) => Promise<Partial<Event> | undefined>
}

/** What `breakingDeps` makes of a connection that it ends. */
const lostAnswer = /^the connection died$/

/** Writes down every call of many actors as they saw it, by one clock. */
export function createRecorder(): Recorder {
  const history: HistoryEvent[] = []
  return {
    history,
    record: async <Event extends HistoryEvent>(
      asked: Asked<Event>,
      call: () => Promise<Partial<Event>>,
      refusals: readonly string[],
    ) => {
      const startMs = nowMs()
      const write = (seen: object): void =>
        void history.push({ ...asked, ...seen, startMs, endMs: nowMs() } as Event)
      try {
        const answer = await call()
        write({ ...answer, outcome: 'ok' })
        return answer
      } catch (error) {
        if (error instanceof DomainError && refusals.includes(error.code)) {
          write({ outcome: 'refused', code: error.code })
          return undefined
        }
        if (!(error instanceof Error) || !lostAnswer.test(error.message)) throw error
        write({ outcome: 'unknown' })
        return undefined
      }
    },
  }
}

/** The system's clock, as Postgres on this machine reads it, to the microsecond. */
function nowMs(): number {
  return performance.timeOrigin + performance.now()
}
