/** How much of a message is looked at: a statement's name or its first words. */
const headBytes = 80
const sslRequestCode = 80_877_103

/**
 * Reads the messages of one direction of a Postgres connection out of its chunks, however they are cut: a type byte (none in
 * a client's first message), a length, a body. `onMessage` gets the type and the first bytes of the body.
 */
export function createFrameReader(options: {
  startsUntyped: boolean
  onMessage: (type: string, head: Buffer) => void
}): (chunk: Buffer) => void {
  let isUntyped = options.startsUntyped
  let pending: Buffer = Buffer.alloc(0)
  /** Bytes of the current message's body that are still to come and of no interest. */
  let skipBytes = 0

  const readOne = (): boolean => {
    const prefix = isUntyped ? 0 : 1
    if (pending.length < prefix + 4) return false
    const bodyBytes = pending.readUInt32BE(prefix) - 4
    const bodyAt = prefix + 4
    const wanted = Math.min(bodyBytes, headBytes)
    if (pending.length < bodyAt + wanted) return false
    const head = pending.subarray(bodyAt, bodyAt + wanted)
    const type = isUntyped ? '' : String.fromCharCode(pending[0] ?? 0)
    isUntyped &&= wanted >= 4 && head.readUInt32BE(0) === sslRequestCode
    const inHand = Math.min(pending.length, bodyAt + bodyBytes)
    skipBytes = bodyAt + bodyBytes - inHand
    pending = pending.subarray(inHand)
    options.onMessage(type, head)
    return true
  }
  return (chunk) => {
    const skipped = Math.min(skipBytes, chunk.length)
    skipBytes -= skipped
    const fresh = skipped === 0 ? chunk : chunk.subarray(skipped)
    if (fresh.length === 0) return
    pending = pending.length === 0 ? fresh : Buffer.concat([pending, fresh])
    while (pending.length > 0 && readOne());
  }
}

/**
 * What a client's message is about: the name of a prepared statement (Parse, Bind), or the first word of a simple query,
 * which is how transactions begin and end. `undefined` when it has no name.
 */
export function readStatement(type: string, head: Buffer): string | undefined {
  if (type === 'P') return textAt(head, 0) || undefined
  if (type === 'B') return textAt(head, head.indexOf(0) + 1) || undefined
  if (type !== 'Q') return undefined
  return /^\s*([a-z]+)/i.exec(textAt(head, 0))?.[1]?.toLowerCase()
}

function textAt(head: Buffer, start: number): string {
  const end = head.indexOf(0, start)
  return head.toString('latin1', start, end < 0 ? head.length : end)
}
