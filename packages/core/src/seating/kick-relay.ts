import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '@opentelemetry/api'
import type { Deps } from '../platform/deps.ts'
import { currentContext, inSpan, sharedBy } from '../platform/trace.ts'
import { relayOutbox } from './relay-outbox.ts'

type Relay = {
  kickedAgain: boolean
  /** Of those who kicked again, where tracing is on. */
  callers: Context[]
  /** Resolves when the run has published, or gave up. */
  run: Promise<void>
  /** Resolves when the next one is under way, if there is one. */
  over: Promise<void>
}

/** At most one relay of this process runs; however many kicks come meanwhile, one more run covers them all. */
const relays = new WeakMap<Deps, Relay>()

/** Between two runs under load: one run then carries several batches of holds, and the gateway sends 10 frames a second anyway. */
const restMs = 10

/** Links of one span; OpenTelemetry's SDK keeps no more by default. */
const mostCallers = 128

/** Redis is back within seconds as a rule. After that it is the sweep's turn alone. */
const retryAfterMs = 500
const maxRetries = 20

/**
 * Publishes soon what was just committed, without making the caller wait. Never fails: while Redis is away it tries again
 * for ten seconds, and the worker's sweep publishes whatever is left.
 */
export function kickRelay(deps: Deps): void {
  const caller = currentContext()
  const running = relays.get(deps)
  if (running === undefined) return startRelay(deps, caller === undefined ? [] : [caller])
  running.kickedAgain = true
  if (caller !== undefined && running.callers.length < mostCallers) running.callers.push(caller)
}

/** In the trace of the first who kicked, linked to the others: what they committed is published together. */
function startRelay(deps: Deps, callers: Context[]): void {
  const run = inSpan('relay', { kind: 'PRODUCER', ...sharedBy(callers) }, () => relayInTime(deps))
  const relay: Relay = { kickedAgain: false, callers: [], run, over: Promise.resolve() }
  relays.set(deps, relay)
  relay.over = run
    .then(() => sleep(restMs))
    .finally(() => {
      relays.delete(deps)
      if (relay.kickedAgain) startRelay(deps, relay.callers)
    })
}

/** Resolves when everything that this process committed and kicked for so far is published, or Redis is away. */
export async function kicksServed(deps: Deps): Promise<void> {
  const current = relays.get(deps)
  if (current === undefined) return
  if (!current.kickedAgain) return await current.run
  await current.over
  await relays.get(deps)?.run
}

async function relayInTime(deps: Deps): Promise<void> {
  for (let retry = 0; retry <= maxRetries; retry++) {
    try {
      await relayOutbox(deps)
      return
    } catch (error) {
      deps.log.warn({ err: error, retry }, 'seat changes wait to be published')
      await sleep(retryAfterMs, undefined, { ref: false })
    }
  }
}
