export type WebSocketFrame = { bytes: Buffer; opcode: number; payload: Buffer }

const headEnd = Buffer.from('\r\n\r\n')

/**
 * Cuts what a server sends over one connection into whole WebSocket frames (not masked, as servers send them). What is not
 * a frame passes as it comes: the HTTP answer before the upgrade, and everything of a connection that never upgrades.
 */
export function createFrameCutter(
  onFrame: (frame: WebSocketFrame) => Buffer[],
): (chunk: Buffer) => Buffer | null {
  let mode: 'http' | 'frames' = 'http'
  let pending: Buffer = Buffer.alloc(0)

  const takeFrames = (): Buffer[] => {
    const out: Buffer[] = []
    for (let frame = readFrame(pending); frame !== undefined; frame = readFrame(pending)) {
      pending = pending.subarray(frame.bytes.length)
      out.push(...onFrame(frame))
    }
    return out
  }
  return (chunk) => {
    if (mode === 'http') {
      const end = chunk.toString('latin1', 0, 12).startsWith('HTTP/1.1 101') ? chunk.indexOf(headEnd) : -1
      if (end < 0) return chunk
      mode = 'frames'
      pending = chunk.subarray(end + headEnd.length)
      return Buffer.concat([chunk.subarray(0, end + headEnd.length), ...takeFrames()])
    }
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    const out = takeFrames()
    return out.length === 0 ? null : Buffer.concat(out)
  }
}

function readFrame(bytes: Buffer): WebSocketFrame | undefined {
  if (bytes.length < 2) return undefined
  const short = bytes.readUInt8(1) & 0x7f
  const extra = short === 126 ? 2 : short === 127 ? 8 : 0
  const headBytes = 2 + extra
  if (bytes.length < headBytes) return undefined
  const length = extra === 0 ? short : extra === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
  if (bytes.length < headBytes + length) return undefined
  return {
    bytes: bytes.subarray(0, headBytes + length),
    opcode: bytes.readUInt8(0) & 0x0f,
    payload: bytes.subarray(headBytes, headBytes + length),
  }
}
