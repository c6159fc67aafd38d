import type { MakeTap } from './tcp-proxy.ts'
import { createFrameCutter, type WebSocketFrame } from './websocket-frames.ts'

/** What becomes of one message that a gateway pushes. */
export type Fate = 'pass' | 'drop' | 'double' | 'swap'

/** Which fate the next pushed message has; set by faults, `pass` when all is well. */
export type Mischief = { draw: () => Fate; touched: number }

/** An Engine.IO message that carries a Socket.IO event, not an answer and not a heartbeat. */
const eventPrefix = Buffer.from('42')
const textFrame = 1

/**
 * Drops, doubles or swaps what a gateway pushes to its clients, message by message. A swapped message comes after the
 * next one. Answers to questions and heartbeats are left alone.
 */
export function tapSockets(mischief: Mischief): MakeTap {
  return () => {
    let late: Buffer | undefined
    const judge = ({ bytes, opcode, payload }: WebSocketFrame): Buffer[] => {
      const isEvent = opcode === textFrame && payload.subarray(0, 2).equals(eventPrefix)
      const fate = isEvent ? mischief.draw() : 'pass'
      if (fate !== 'pass') mischief.touched += 1
      const before = late
      late = undefined
      if (fate === 'swap' && before === undefined) {
        late = Buffer.from(bytes)
        return []
      }
      const out = fate === 'drop' ? [] : fate === 'double' ? [bytes, bytes] : [bytes]
      return before === undefined ? out : [...out, before]
    }
    const down = createFrameCutter(judge)
    return { up: (chunk) => chunk, down }
  }
}
