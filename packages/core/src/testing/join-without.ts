import type { AccountId, ConcertId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { lineKeys } from '../waiting-room/line-script-store.ts'
import { scriptWithout } from './script-without.ts'

const joinFile = new URL('../waiting-room/lua/join.lua', import.meta.url)

/** The look at whether this Redis process wrote the line. */
export const writerCheck =
  "if not writer[1] or writer[2] ~= string.match(redis.call('INFO', 'server'), 'run_id:(%x+)') then"

/** The fan joins an open FIFO line by a `join.lua` with guards taken out; see `textWithout`. */
export async function joinWithout(
  deps: Deps,
  guards: Record<string, string>,
  {
    concertId,
    fanId,
    guard = ['', '', ''],
  }: {
    concertId: ConcertId
    fanId: AccountId
    /** Address, most who wait there, end of the challenge: the last arguments of the script. */
    guard?: [string, number | '', number | '']
  },
): Promise<void> {
  const args = [fanId, 1, 0, '', 0, 0, -1, 1, '', '', '', '', 0, ...guard]
  await scriptWithout(joinFile, guards)(deps.redis, lineKeys(concertId), args)
}
