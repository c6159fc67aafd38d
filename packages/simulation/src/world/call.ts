import { type DomainError, isRefusal } from '@greenroom/contract'
import type { Deps } from '@greenroom/core'
import type { Process } from '../processes.ts'
import { pauseLabel } from '../scheduler.ts'
import type { World } from './world.ts'

/** How a call ended for who made it. `unknown`: no answer, or one that says nothing about what was done. */
export type Answer<T> =
  | { outcome: 'ok'; value: T }
  | { outcome: 'refused'; error: DomainError }
  | { outcome: 'unknown' }

/** Refusals that say that a store was away or slow: the command may have had its effect before that. */
const sayNothing = new Set(['UNAVAILABLE', 'OVERLOADED', 'LINE_REBUILDING', 'INTERNAL'])

/** Asks any living process of that kind, over a connection that may break at any time. Never rejects. */
export async function call<T>(
  world: World,
  kind: Process['kind'],
  label: string,
  ask: (deps: Deps) => Promise<T>,
): Promise<Answer<T>> {
  const process = pickProcess(world, kind)
  if (process === undefined) return { outcome: 'unknown' }
  try {
    const value = await send(world, process, label, ask)
    return { outcome: 'ok', value }
  } catch (error) {
    if (isRefusal(error) && !sayNothing.has(error.code)) return { outcome: 'refused', error }
    world.witness.seeError(error)
    return { outcome: 'unknown' }
  }
}

/** The same for who wants the value or the error as it is. */
export function send<T>(
  { scheduler, faults }: World,
  process: Process,
  label: string,
  ask: (deps: Deps) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(new Error('socket hang up'))
    const answer = (settle: () => void): void => {
      scheduler.post(process, `${label} answers`, () => {
        process.calls.delete(fail)
        // it arrives in the caller's own step: what follows from it does not die with the process
        scheduler.post(undefined, `${label} is answered`, faults.losesReply() ? fail : settle)
      })
    }
    process.calls.add(fail)
    scheduler.post(process, label, () => {
      ask(process.deps).then(
        (value) => answer(() => resolve(value)),
        (error: unknown) => answer(() => reject(error instanceof Error ? error : new Error(String(error)))),
      )
    })
  })
}

export function pickProcess({ processes, scheduler }: World, kind: Process['kind']): Process | undefined {
  const alive = processes.filter((process) => process.kind === kind)
  return alive.length === 0 ? undefined : scheduler.random.pick(alive)
}

/** A while, of virtual time, for who is no process. */
export function pause({ scheduler }: World, ms: number): Promise<void> {
  return new Promise((resolve) => void scheduler.post(undefined, pauseLabel, resolve, Math.max(ms, 0.001)))
}
