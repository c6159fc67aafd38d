import type { Logger } from 'pino'

/** Long enough for a request to end, shorter than what a supervisor waits before it kills (10 s). */
const drainTimeoutMs = 8_000

/** On SIGTERM or SIGINT: runs `drain` once, then ends the process; by force when draining takes too long. */
export function drainOnSignal(log: Logger, drain: () => Promise<void>): void {
  let draining = false
  const stop = (signal: NodeJS.Signals): void => {
    if (draining) return
    draining = true
    log.info({ signal }, 'draining')
    setTimeout(() => process.exit(1), drainTimeoutMs).unref()
    drain().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'draining failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}
