import type { Deps, SeatMirror, Session } from '@greenroom/core'

/** Of one procedure, by whichever way it was called. */
export type NotedCall = {
  path: string
  type: 'query' | 'mutation' | 'subscription'
  outcome: string
  elapsedMs: number
}

/** What one call knows of its caller. `session` is verified; nothing else about the caller is trusted. */
export type Context = {
  /** Told how each call ended and how long it took: `done`, or the code of the refusal. For metrics. */
  noteCall?: ((call: NotedCall) => void) | undefined
  deps: Deps
  seatMirror: SeatMirror
  session: Session | null
  requestId: string
  /** Where the call came from: the peer's address, or what a trusted proxy says of it. */
  address: string
  /** What the caller's program says of itself, for the list of their devices. */
  userAgent?: string | undefined
  /** Hands the session token to the caller's cookie, or takes it back (`null`). A no-op where there are no cookies. */
  setSessionCookie: (token: string | null) => void
  /** What the browser was given when somebody signed in on it before. Left out where there are no cookies. */
  readDeviceToken?: (() => string | undefined) | undefined
  /** Hands it to the browser, which keeps it when its session ends. */
  setDeviceCookie?: ((token: string) => void) | undefined
  /** Told when a call begins; what it answers is called when the call has ended. For edges that must know before they close. */
  beginCall?: (() => () => void) | undefined
}
