/** A Ctrl-C reaches us from the terminal and once more from npm: within this time it is the same one. */
const sameStrokeMs = 1_000

/**
 * Calls `stop` at the first SIGINT or SIGTERM, or when the program that started us over IPC is gone; calls `force` when
 * another one comes later, for people in a hurry.
 */
export function onStopSignal(handlers: { stop: () => void; force: () => void }): void {
  let firstMs: number | undefined
  const take = (): void => {
    if (firstMs === undefined) {
      firstMs = performance.now()
      handlers.stop()
    } else if (performance.now() - firstMs > sameStrokeMs) {
      handlers.force()
    }
  }
  process.on('SIGINT', take)
  process.on('SIGTERM', take)
  process.on('SIGHUP', take)
  process.once('disconnect', take)
}
