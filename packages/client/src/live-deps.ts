import type { Random } from './jitter.ts'
import type { LiveSettings } from './live-settings.ts'
import type { LiveSocket } from './live-socket.ts'

/**
 * How fresh what is shown is: `live` by the socket, `polling` by asking again and again, `reconnecting` when neither
 * answers at the moment.
 */
export type LiveState = 'live' | 'reconnecting' | 'polling'

/** What every watch shares. */
export type LiveDeps = { socket: LiveSocket; settings: LiveSettings; random: Random }
