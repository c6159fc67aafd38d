/**
 * The parts of the client that decide what a fan sees, without sockets and servers: for programs that give them a world of
 * their own, as the deterministic simulation does.
 */
export type { LiveSocket } from './live-socket.ts'
export { defaultLiveSettings } from './live-settings.ts'
export { fansAhead, nextPlace } from './place-in-line.ts'
export type { SeatState } from './seat-state.ts'
export { type SeatSource, watchShow } from './watch-show.ts'
