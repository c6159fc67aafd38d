/**
 * As much of WebSocket and Socket.IO as a crowd of watchers needs: a real client would cost more than the server that is
 * measured.
 */

/** Calls `onMessage` for each whole message in `chunk`, as offsets, and answers where the first one that is not whole begins. */
export function eachMessage(chunk: Buffer, onMessage: (from: number, to: number) => void): number {
  let at = 0
  while (at + 2 <= chunk.length) {
    const short = (chunk[at + 1] ?? 0) & 0x7f
    // 10,000 seats that change within one frame are more than 64 KiB
    const head = short === 127 ? 10 : short === 126 ? 4 : 2
    if (at + head > chunk.length) break
    const length =
      short === 127
        ? Number(chunk.readBigUInt64BE(at + 2))
        : short === 126
          ? chunk.readUInt16BE(at + 2)
          : short
    const end = at + head + length
    if (end > chunk.length) break
    onMessage(at + head, end)
    at = end
  }
  return at
}

/** A client's text message: masked, as a server insists on, with a mask that changes nothing. */
export function clientMessage(text: string): Buffer {
  const payload = Buffer.from(text)
  const length = payload.length
  const head = length < 126 ? [0x81, 0x80 | length] : [0x81, 0x80 | 126, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), payload])
}

/** The number after `name` in a text, searched from `from` on; NaN when it is not there. No parsing: it runs 50,000 times a second. */
export function numberAfter(chunk: Buffer, name: Buffer, from: number): number {
  const found = chunk.indexOf(name, from)
  if (found < 0) return Number.NaN
  let value = 0
  for (let at = found + name.length; ; at++) {
    const digit = (chunk[at] ?? 0) - 48
    if (digit < 0 || digit > 9) return value
    value = value * 10 + digit
  }
}
