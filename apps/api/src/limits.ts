/** What one caller may send and keep open, all in one place; how often anybody may call is in the core's rate classes. */
export const limits = {
  /** Of a request: the largest honest one is a batch of holds, well below 10 kB. A body that says it is compressed is refused. */
  bodyBytes: 256 * 1024,
  /** Calls of one batch, over HTTP or in one message: a page loads with about six; a batch of hundreds is somebody else's program. */
  batchCalls: 20,
  /** Of a path's parameter. */
  parameterLength: 5_000,
  /** Of a head to come, in ms; Node bounds its size, to 16 kB. The whole request has `REQUEST_TIMEOUT_MS`. */
  headTimeoutMs: 10_000,
  /** How often Node looks for requests that are too slow, in ms. */
  slowCheckMs: 1_000,
  /** Of a message on a WebSocket: tRPC's are small. */
  messageBytes: 64 * 1024,
  /** WebSockets of one api; the crowd's pushes come over the gateway's. */
  sockets: 10_000,
  /** Of one account, as at a gateway: one person's tabs and devices. */
  socketsPerAccount: 20,
  /** Subscriptions of one socket that have not ended: a page has a handful. After a lost connection they all come in one message. */
  subscriptionsPerSocket: 200,
  /** Calls of one socket that are not answered yet: what comes in one piece is begun in one turn, whatever it is. */
  callsPerSocket: 100,
  /** Answers of one socket that its client has not read, beyond what the kernel takes: 2,000 sockets of an address are half a GB. */
  unreadBytes: 256 * 1024,
  /** Refused calls of one socket. Who may not call at all is refused before being counted. A fan in a hurry is refused twice a second. */
  refusals: { burst: 200, perSecond: 5 },
  /** Signs of life that one socket asks for, or gives: honest ones are one in 10 s. */
  keepAlives: { burst: 60, perSecond: 1 },
} as const
