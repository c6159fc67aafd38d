import type { Deps } from '../platform/deps.ts'
import { relayOutbox } from './relay-outbox.ts'

/** At most one relay of this process runs; however many kicks come meanwhile, one more run covers them all. */
const relays = new WeakMap<Deps, { kickedAgain: boolean }>()

/**
 * Publishes soon what was just committed, without making the caller wait. Never fails: what this process cannot publish
 * now, the worker's sweep publishes within about a second.
 */
export function kickRelay(deps: Deps): void {
  const running = relays.get(deps)
  if (running !== undefined) {
    running.kickedAgain = true
    return
  }
  const relay = { kickedAgain: false }
  relays.set(deps, relay)
  relayOutbox(deps)
    .catch((error: unknown) => deps.log.warn({ err: error }, 'seat changes wait for the sweep'))
    .finally(() => {
      relays.delete(deps)
      if (relay.kickedAgain) kickRelay(deps)
    })
}
