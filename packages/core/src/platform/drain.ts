import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { flushLog } from './log.ts'

/** Long enough for a request to end; with the notice before it shorter than what a supervisor waits before it kills. */
const drainTimeoutMs = 8_000

export type Draining = {
  /** What `/readyz` tells: no. */
  announce: () => void
  /** Ends what is under way, and what the process holds open. */
  drain: () => Promise<void>
}

/**
 * On SIGTERM or SIGINT: says that it is not ready, goes on as before for `noticeMs` so that balancers notice, then drains and
 * ends the process with 0. With 1 when that takes longer than 8 s, when it fails, or when it is asked a second time; the log
 * says which.
 */
export function drainOnSignal(
  { log, settings }: { log: Logger; settings: { drainNoticeMs: number } },
  { announce, drain }: Draining,
): void {
  let isDraining = false
  const end = (code: number): void => {
    void flushLog(log).finally(() => process.exit(code))
  }
  const stop = (signal: NodeJS.Signals): void => {
    if (isDraining) {
      log.warn({ signal }, 'asked again: ending with what is unfinished')
      return end(1)
    }
    isDraining = true
    log.info({ signal, noticeMs: settings.drainNoticeMs }, 'draining')
    announce()
    drainAfterNotice().then(
      () => end(0),
      (error: unknown) => {
        log.error({ err: error }, 'draining failed')
        end(1)
      },
    )
  }
  const drainAfterNotice = async (): Promise<void> => {
    await sleep(settings.drainNoticeMs)
    setTimeout(() => {
      log.error({ waitedMs: drainTimeoutMs, unfinished: openWork() }, 'draining took too long')
      end(1)
    }, drainTimeoutMs).unref()
    await drain()
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

/** What keeps the process: sockets, servers, timers, each kind with its number. */
function openWork(): Record<string, number> {
  const kinds = Map.groupBy(process.getActiveResourcesInfo(), (kind) => kind)
  return Object.fromEntries([...kinds].map(([kind, all]) => [kind, all.length]))
}
