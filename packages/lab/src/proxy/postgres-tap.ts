import { type Moments, spring, type Trap } from './moments.ts'
import { createFrameReader, readStatement } from './postgres-frames.ts'
import type { MakeTap } from './tcp-proxy.ts'

const readyForQuery = 'Z'

/**
 * Watches the statements of a process pass to Postgres. A trap on `sent` resets the connection before the statement gets
 * there; one on `answered` lets Postgres finish it (ReadyForQuery) and resets before a byte of the answer is passed on.
 */
export function tapPostgres(moments: Moments): MakeTap {
  return (cut) => {
    let sent: Trap | undefined
    let answered: Trap | undefined
    let isAnswered = false
    const readUp = createFrameReader({
      startsUntyped: true,
      onMessage: (type, head) => {
        const name = readStatement(type, head)
        const trap = name === undefined ? undefined : moments.take(name)
        if (trap?.moment.at === 'sent') sent = trap
        else answered ??= trap
      },
    })
    const readDown = createFrameReader({
      startsUntyped: false,
      onMessage: (type) => {
        isAnswered ||= answered !== undefined && type === readyForQuery
      },
    })
    return {
      up: (chunk) => {
        readUp(chunk)
        return sent === undefined ? chunk : spring(sent, cut)
      },
      down: (chunk) => {
        readDown(chunk)
        if (answered === undefined) return chunk
        return isAnswered ? spring(answered, cut) : null
      },
    }
  }
}
