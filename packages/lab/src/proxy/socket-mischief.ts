import type { MakeTap } from './tcp-proxy.ts'
import { createFrameCutter, type WebSocketFrame } from './websocket-frames.ts'

/** What becomes of one message that a gateway pushes. */
export type Fate = 'pass' | 'drop' | 'double' | 'swap'

/** Something that goes on with pushed messages, and how many it has met: lost, doubled, or come before an earlier one. */
export type Deed = { draw: () => Fate; touched: number }

/** Everything that goes on now, the newest last; empty when all is well. */
export type Mischief = Set<Deed>

/** An Engine.IO message that carries a Socket.IO event, not an answer and not a heartbeat. */
const eventPrefix = Buffer.from('42')
const textFrame = 1

/**
 * Drops, doubles or swaps what a gateway pushes to its clients, message by message. A swapped message comes after the
 * next one. Of several deeds the newest that does anything with a message has it. Answers to questions and heartbeats are left alone.
 */
export function tapSockets(mischief: Mischief): MakeTap {
  return () => {
    let late: { bytes: Buffer; deed: Deed } | undefined
    const judge = ({ bytes, opcode, payload }: WebSocketFrame): Buffer[] => {
      const isEvent = opcode === textFrame && payload.subarray(0, 2).equals(eventPrefix)
      const { fate, deed } = isEvent ? drawFate(mischief) : nothing
      const before = late
      late = undefined
      if (fate === 'swap' && deed !== undefined && before === undefined) {
        late = { bytes: Buffer.from(bytes), deed }
        return []
      }
      if (deed !== undefined && fate !== 'swap') deed.touched += 1
      const out = fate === 'drop' ? [] : fate === 'double' ? [bytes, bytes] : [bytes]
      if (before === undefined) return out
      if (isEvent && out.length > 0) before.deed.touched += 1
      return [...out, before.bytes]
    }
    const down = createFrameCutter(judge)
    return { up: (chunk) => chunk, down }
  }
}

type Drawn = { fate: Fate; deed?: Deed }

const nothing: Drawn = { fate: 'pass' }

function drawFate(mischief: Mischief): Drawn {
  for (const deed of [...mischief].toReversed()) {
    const fate = deed.draw()
    if (fate !== 'pass') return { fate, deed }
  }
  return nothing
}
