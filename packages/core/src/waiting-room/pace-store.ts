import { type ConcertId, paceReason } from '@greenroom/contract'
import { z } from 'zod'
import type { Deps } from '../platform/deps.ts'
import { luaScript } from '../platform/lua-script.ts'
import { runOnLine } from './line-script-store.ts'
import type { Pace } from './pace.ts'

const paceScript = luaScript(new URL('./lua/pace.lua', import.meta.url))

const pace = z.object({
  perMinute: z.number(),
  why: paceReason,
  decidedAtMs: z.number(),
  loweredAtMs: z.number(),
  heardAtMs: z.number(),
})
const reply = z.tuple([z.number(), z.string()])

/** The pace as Redis has it and the text it is kept as; `undefined` before the first decision, or when another version wrote it. */
export async function readPace(
  deps: Deps,
  concertId: ConcertId,
): Promise<{ nowMs: number; text: string; pace: Pace | undefined }> {
  const [nowMs, text] = reply.parse(await runOnLine(deps, concertId, paceScript, ['', '', '']))
  return { nowMs, text, pace: text === '' ? undefined : pace.safeParse(JSON.parse(text)).data }
}

/** Puts a decision in the place of the one it was made from; does nothing when another was quicker. */
export async function replacePace(
  deps: Deps,
  concertId: ConcertId,
  before: { text: string },
  next: Pace,
): Promise<void> {
  await runOnLine(deps, concertId, paceScript, [before.text, JSON.stringify(next), next.perMinute])
}
