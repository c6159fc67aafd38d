/**
 * One message of ours as the bytes that a Socket.IO client reads off a WebSocket: a text frame, not masked (RFC 6455, 5.2),
 * with an Engine.IO message (`4`) that is a Socket.IO event (`2`) of the root namespace. The same for every socket, so it
 * is made once for a whole room. Sockets here never compress: a client that wants to is told no at its upgrade.
 */
export function encodeServerMessage(event: readonly [name: string, message: unknown]): Buffer {
  const text = `42${JSON.stringify(event)}`
  const length = Buffer.byteLength(text)
  const head = headOf(length)
  const bytes = Buffer.allocUnsafe(head.length + length)
  bytes.set(head)
  bytes.write(text, head.length)
  return bytes
}

/** The last piece of a text message, which is its only one. */
const wholeText = 0x81

function headOf(length: number): number[] {
  if (length < 126) return [wholeText, length]
  if (length < 65_536) return [wholeText, 126, length >> 8, length & 0xff]
  return [
    wholeText,
    127,
    0,
    0,
    0,
    0,
    length >>> 24,
    (length >> 16) & 0xff,
    (length >> 8) & 0xff,
    length & 0xff,
  ]
}
