/** What one caller may send and keep open, all in one place; how often anybody may call is in the core's rate classes. */
export const limits = {
  /** Of a request: the largest honest one is a batch of holds, well below 10 kB. A body that says it is compressed is refused. */
  bodyBytes: 256 * 1024,
  /** Calls of one batch: a page loads with about six; a batch of hundreds is somebody else's program. */
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
  /** Subscriptions that one socket began and did not stop: a page has a handful. */
  subscriptionsPerSocket: 200,
} as const
