import { setTimeout as sleep } from 'node:timers/promises'
import type { ShowId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { hint } from '../platform/hint.ts'
import { kicksServed } from './kick-relay.ts'
import type { SeatMirror } from './seat-mirror.ts'
import { readPosition } from './stream-store.ts'

/** A change takes some 5 ms from its commit to the mirror, through a loaded relay some 20. After that, better old than late. */
const patienceMs = 300
const lookEveryMs = 2

/**
 * The mirrored seats with everything this process has committed: who holds a seat and then asks for the list finds it
 * held. While Redis is away, the seats as the mirror has them; a mirror that the stream left behind is read anew.
 */
export async function lookAfterOwnChanges(
  deps: Deps,
  mirror: SeatMirror,
  showId: ShowId,
): ReturnType<SeatMirror['look']> {
  const position = await Promise.race([
    readOwnPosition(deps, showId),
    sleep(patienceMs, undefined, { ref: false }),
  ])
  const lateAtMs = performance.now() + patienceMs
  while ((await mirror.look(showId)).show.seq < (position ?? 0)) {
    if (performance.now() > lateAtMs) {
      await hint(deps, 'a show could not be read anew', () => mirror.reread(showId))
      break
    }
    await sleep(lookEveryMs)
  }
  return await mirror.look(showId)
}

/** The stream's position once everything this process did is in it. */
async function readOwnPosition(deps: Deps, showId: ShowId): Promise<number | undefined> {
  try {
    await kicksServed(deps)
    return await readPosition(deps.redis, showId)
  } catch (error) {
    deps.log.warn({ err: error, showId }, 'a list may lack the last changes')
    return undefined
  }
}
