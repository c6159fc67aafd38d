import { setTimeout as sleep } from 'node:timers/promises'
import type { Deps } from '../platform/deps.ts'
import { relayOutbox } from './relay-outbox.ts'

/** At most one relay of this process runs; however many kicks come meanwhile, one more run covers them all. */
const relays = new WeakMap<Deps, { kickedAgain: boolean }>()

/** Between two runs under load: one run then carries several batches of holds, and the gateway sends 10 frames a second anyway. */
const restMs = 10

/** Redis is back within seconds as a rule. After that it is the sweep's turn alone. */
const retryAfterMs = 500
const maxRetries = 20

/**
 * Publishes soon what was just committed, without making the caller wait. Never fails: while Redis is away it tries again
 * for ten seconds, and the worker's sweep publishes whatever is left.
 */
export function kickRelay(deps: Deps): void {
  const running = relays.get(deps)
  if (running !== undefined) {
    running.kickedAgain = true
    return
  }
  const relay = { kickedAgain: false }
  relays.set(deps, relay)
  void relayInTime(deps)
    .then(() => sleep(restMs))
    .finally(() => {
      relays.delete(deps)
      if (relay.kickedAgain) kickRelay(deps)
    })
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
