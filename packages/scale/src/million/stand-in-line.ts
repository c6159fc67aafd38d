import { readPlaceKey } from '@greenroom/client'
import type { AccountId, ConcertId } from '@greenroom/contract'
import { type Deps, joinLine, readLineStatus } from '@greenroom/core'
import { runBounded } from '@greenroom/crowd'
import { askUntilAnswered } from './ask-until-answered.ts'
import type { PlaceBook } from './place-book.ts'

/** One line, and the fans who are going to stand in it, in the order in which they come. */
export type Crowd = { deps: Deps; concertId: ConcertId; fanIds: readonly AccountId[]; book: PlaceBook }

/** As many calls as a few api processes have under way at an opening. */
const atOnce = 512

/** Lines of progress a stage. */
const steps = 10

/** Every fan joins; each place that is told goes into the book. Throws when somebody is not told to wait. */
export async function joinEverybody(
  { deps, concertId, fanIds, book }: Crowd,
  say: (line: string) => void,
): Promise<void> {
  const perStep = Math.ceil(fanIds.length / steps)
  await runBounded(fanIds, atOnce, async (fanId, index) => {
    if (index > 0 && index % perStep === 0) say(`${index} have joined`)
    const behind = book.ask()
    const { entry } = await askUntilAnswered(() => joinLine(deps, { concertId, fanId }))
    if (entry.state !== 'waiting') throw new Error(`fan ${fanId} is not waiting but ${entry.state}`)
    const { epoch, seq } = readPlaceKey(entry.receipt)
    book.tell(index, epoch * 2 ** 40 + seq, behind)
  })
}

/** Some of those who wait, from all over the line, ask for their place again. */
export async function askAgain({ deps, concertId, fanIds }: Crowd, looks: number): Promise<void> {
  const stride = Math.floor(fanIds.length / looks)
  const askers = fanIds.filter((_, index) => index % stride === 0).slice(0, looks)
  await runBounded(askers, atOnce, async (fanId) => {
    const { entry } = await askUntilAnswered(() => readLineStatus(deps, { concertId, fanId }))
    if (entry.state !== 'waiting') throw new Error(`fan ${fanId} is not waiting but ${entry.state}`)
  })
}
