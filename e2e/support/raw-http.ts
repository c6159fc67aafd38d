import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A connection that is written by hand, and all that came back on it. */
export type RawConnection = {
  socket: Socket
  /** Writes, as long as the other side lets us; false when it hung up. */
  write: (text: string | Buffer) => boolean
  /** Everything that was answered until the other side hung up. */
  rest: () => Promise<string>
}

export async function openRaw(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const chunks: Buffer[] = []
  const over = Promise.withResolvers<undefined>()
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  // whoever is hung up on while they write is told so by a reset
  socket.on('error', () => over.resolve(undefined))
  socket.on('close', () => over.resolve(undefined))
  await once(socket, 'connect')
  return {
    socket,
    write: (text) => {
      if (socket.destroyed || !socket.writable) return false
      socket.write(text)
      return true
    },
    rest: async () => {
      await over.promise
      return Buffer.concat(chunks).toString('utf8')
    },
  }
}
