import type { IncomingMessage } from 'node:http'
import { addressReader, openAddressSockets } from '@greenroom/core'
import type { GatewaySettings } from './env.ts'
import type { GatewayServer, GatewaySocket } from './gateway-socket.ts'

/** The gateway's connections by the address that they came from, those that have not said who they are with them. */
export type AddressCounts = {
  /** Whether a new connection is worth beginning: a flood is refused in HTTP, without a word of Socket.IO. */
  hasRoom: (request: IncomingMessage) => boolean
  /** Whether this connection was one of those that its address may have when it came. */
  isWithin: (connection: GatewaySocket['conn']) => boolean
  /** From now on. */
  watch: (io: GatewayServer) => void
}

export function countAddresses(settings: GatewaySettings): AddressCounts {
  const addressOf = addressReader(settings)
  const sockets = openAddressSockets(settings)
  const within = new WeakSet<GatewaySocket['conn']>()
  return {
    hasRoom: (request) => !sockets.isFlooded(addressOf(request)),
    isWithin: (connection) => within.has(connection),
    watch: (io) => {
      io.engine.on('connection', (connection: GatewaySocket['conn']) => {
        const { isWithin, leave } = sockets.enter(addressOf(connection.request))
        if (isWithin) within.add(connection)
        connection.once('close', leave)
      })
    },
  }
}
