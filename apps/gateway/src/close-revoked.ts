import { type Deps, isSessionGood } from '@greenroom/core'
import type { GatewayServer } from './gateway-socket.ts'

/** With the revocations' own half second, a signed-out socket is closed within a second. */
const lookEveryMs = 400

/** Closes the sockets whose session was signed out or has expired. Call the result to stop. */
export function closeRevokedSockets(io: GatewayServer, deps: Deps): () => void {
  const timer = setInterval(() => {
    for (const socket of io.sockets.sockets.values()) {
      if (!isSessionGood(deps, socket.data.session)) socket.disconnect(true)
    }
  }, lookEveryMs)
  return () => clearInterval(timer)
}
