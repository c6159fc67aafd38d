import type { AccountId, ConcertId } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { enterSale, joinLine } from '../waiting-room/index.ts'

/** Walks the fan through the line and answers with the pass. The line must be open, empty, and have room. */
export async function givePass(deps: Deps, fan: { concertId: ConcertId; fanId: AccountId }): Promise<string> {
  const { entry } = await joinLine(deps, fan)
  const inside = entry.state === 'offered' ? await enterSale(deps, { ...fan, pass: entry.pass }) : entry
  if (inside.state !== 'active') throw new Error(`the fan is not inside but ${inside.state}`)
  return inside.pass
}
