import type { AccountId, ConcertId, Entry } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { joinLine } from '../waiting-room/index.ts'

/** The pass of a fan who is offered one or is inside. */
export function passOf(entry: Entry): string {
  if (entry.state !== 'offered' && entry.state !== 'active') throw new Error(`the fan is ${entry.state}`)
  return entry.pass
}

/** The fan joins and must be inside by that alone: nobody is ahead and there is room. */
export async function walkIn(deps: Deps, fan: { concertId: ConcertId; fanId: AccountId }): Promise<string> {
  const { entry } = await joinLine(deps, fan)
  if (entry.state !== 'active') throw new Error(`the fan is ${entry.state}`)
  return entry.pass
}
