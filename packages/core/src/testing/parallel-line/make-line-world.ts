import type { AccountId, ConcertId, Entry } from '@greenroom/contract'
import type { Deps } from '../../platform/deps.ts'
import { admit } from '../../waiting-room/index.ts'
import { changeLine } from '../change-line.ts'
import { makeFans } from '../make-fan.ts'
import { makeShow } from '../make-show.ts'
import { createRecorder, type Recorder } from '../record-history.ts'

/** What one person's tabs keep between them. */
export type LineFan = { fanId: AccountId; entry: Entry }

/** One line that many actors are at. */
export type LineWorld = {
  concertId: ConcertId
  capacity: number
  fans: LineFan[]
  recorder: Recorder
  redisLostAtMs: number[]
}

/** How long the turns of the line last. */
export const turns = { claimWindowMs: 300, passTtlMs: 700 }

/** Offers and passes that end while the crowd is there. After a loss of Redis nobody is waited for. */
export async function makeLineWorld(
  deps: Deps,
  size: { capacity: number; fanCount: number },
): Promise<LineWorld> {
  const { concertId } = await makeShow(deps, { seatCount: 40, capacity: size.capacity })
  await changeLine(deps, concertId, {
    claim_window_ms: turns.claimWindowMs,
    pass_ttl_ms: turns.passTtlMs,
    reentry_window_ms: 0,
  })
  await admit(deps, { concertId })
  const fans = (await makeFans(deps, size.fanCount)).map((fanId): LineFan => {
    return { fanId, entry: { state: 'none' } }
  })
  return { concertId, capacity: size.capacity, fans, recorder: createRecorder(), redisLostAtMs: [] }
}
