import { type Deps, isSessionGood, watchSessions } from '@greenroom/core'
import type { GatewayServer } from './gateway-socket.ts'

/**
 * Closes the sockets whose session was signed out, in whichever process, or has expired: as soon as this one knows, half a second and
 * a query after it. Call the result to stop.
 */
export function closeRevokedSockets(io: GatewayServer, deps: Deps): () => void {
  return watchSessions(deps, () => {
    for (const socket of io.sockets.sockets.values()) {
      if (!isSessionGood(deps, socket.data.session)) socket.disconnect(true)
    }
  })
}
