import type { Deps } from '@greenroom/core'
import type { HistoryEvent } from '@greenroom/oracles'
import { type Answer, call } from './call.ts'
import type { World } from './world.ts'

type Common = 'actor' | 'fanId' | 'startMs' | 'endMs' | 'outcome' | 'code'
/** What an event says besides who called, when, and how it ended. */
export type Told = HistoryEvent extends infer Event
  ? Event extends HistoryEvent
    ? Omit<Event, Common>
    : never
  : never

/** `call`, written down for the oracles that compare what callers were told with what the database has. */
export async function callRecorded<T>(
  world: World,
  fanId: number,
  wish: { label: string; ask: (deps: Deps) => Promise<T>; record: (value: T | undefined) => Told },
): Promise<Answer<T>> {
  const startMs = world.scheduler.nowMs()
  const answer = await call(world, 'api', wish.label, wish.ask)
  const told = wish.record(answer.outcome === 'ok' ? answer.value : undefined)
  world.witness.history.push({
    ...told,
    actor: fanId,
    fanId,
    startMs,
    endMs: world.scheduler.nowMs(),
    outcome: answer.outcome,
    ...(answer.outcome === 'refused' ? { code: answer.error.code } : {}),
  })
  return answer
}
