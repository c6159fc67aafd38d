import type { SeatFrame, SeatSnapshot, ShowId } from '@greenroom/contract'
import { readShow } from '../catalogue/index.ts'
import type { Deps } from '../platform/deps.ts'
import { readChangesSince } from './read-changes-since.ts'
import { requireView, type Viewer } from './require-view.ts'
import type { SeatMirror } from './seat-mirror.ts'

type Asked = Viewer & { showId: ShowId }

/**
 * All seats of a show for a fan who was let in, or an operator. Refuses like `requireView`, and with NOT_FOUND for an unknown
 * show.
 */
export async function readSeatSnapshot(deps: Deps, mirror: SeatMirror, asked: Asked): Promise<SeatSnapshot> {
  await requireViewOfShow(deps, asked)
  return await mirror.snapshot(asked.showId)
}

/** What a viewer missed since `after`; a null frame means: take a new snapshot. Refuses like `readSeatSnapshot`. */
export async function readSeatChanges(
  deps: Deps,
  asked: Asked & { after: number },
): Promise<{ frame: SeatFrame | null }> {
  await requireViewOfShow(deps, asked)
  return { frame: await readChangesSince(deps, asked.showId, asked.after) }
}

/** Watching a show takes what watching its concert's seats takes. */
export async function requireViewOfShow(deps: Deps, { showId, ...viewer }: Asked): Promise<void> {
  const { concertId } = await readShow(deps, showId)
  await requireView(deps, { ...viewer, concertId })
}
