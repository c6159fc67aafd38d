import type { AccountId, SeatFrame, SeatSnapshot, ShowId } from '@greenroom/contract'
import { readShow } from '../catalogue/index.ts'
import type { Deps } from '../platform/deps.ts'
import { requirePass } from '../waiting-room/index.ts'
import { readChangesSince } from './read-changes-since.ts'
import type { SeatMirror } from './seat-mirror.ts'

type Asked = { showId: ShowId; fanId: AccountId; pass: string }

/** All seats of a show for a fan who was let in. Refuses like `requirePass`, and with NOT_FOUND for an unknown show. */
export async function readSeatSnapshot(deps: Deps, mirror: SeatMirror, asked: Asked): Promise<SeatSnapshot> {
  await requirePassForShow(deps, asked)
  return await mirror.snapshot(asked.showId)
}

/** What a fan who was let in missed since `after`; a null frame means: take a new snapshot. Refuses like `readSeatSnapshot`. */
export async function readSeatChanges(
  deps: Deps,
  asked: Asked & { after: number },
): Promise<{ frame: SeatFrame | null }> {
  await requirePassForShow(deps, asked)
  return { frame: await readChangesSince(deps, asked.showId, asked.after) }
}

/** Watching a show takes a live pass of its concert. */
export async function requirePassForShow(deps: Deps, { showId, fanId, pass }: Asked): Promise<void> {
  const { concertId } = await readShow(deps, showId)
  await requirePass(deps, { concertId, fanId, pass })
}
