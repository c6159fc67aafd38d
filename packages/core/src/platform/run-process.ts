import { setTimeout as sleep } from 'node:timers/promises'
import { closeDeps, type Deps, openDeps } from './deps.ts'
import type { CoreSettings } from './env.ts'
import { flushLog } from './log.ts'
import { readOrEnd } from './read-or-end.ts'
import { startTracing } from './start-tracing.ts'

export type Running = {
  /** What `/readyz` tells from now on: no. */
  announceDrain: () => void
  /** Ends what is under way, and lets go of what `start` opened. */
  drain: () => Promise<void>
}

/** Long enough for a request to end; with the notice before it shorter than what a supervisor waits before it kills. */
const drainTimeoutMs = 8_000

/** One asking may come twice: a terminal tells the process, and so does the launcher that it told. */
const sameAskingMs = 1_000

/**
 * The life of a process of the product: reads its settings, opens what it needs, starts, and goes on until SIGTERM or SIGINT. Then it
 * says that it is not ready, goes on as before for DRAIN_NOTICE_MS so that balancers notice, drains, and ends with 0. Asked before it
 * has begun it ends with 0 at once. It ends with 78 (EX_CONFIG of sysexits.h) when a setting is wrong, since starting it again changes
 * nothing, and with 1 when it could not start, broke, could not drain within 8 s, or was asked a second time; its last line says which.
 */
export async function runProcess<Settings extends CoreSettings>(
  name: string,
  parts: { readSettings: () => Settings; start: (deps: Deps, settings: Settings) => Promise<Running> },
): Promise<void> {
  const settings = await readOrEnd(name, parts.readSettings)
  const deps = openDeps(settings, name)
  const end = (code: number): void => {
    void flushLog(deps.log).finally(() => process.exit(code))
  }
  process.on('uncaughtException', (error) => {
    deps.log.fatal({ err: error }, 'ends: nobody caught this')
    end(1)
  })
  let running: Running | undefined
  let askedAtMs: number | undefined
  const stop = (signal: NodeJS.Signals): void => {
    if (askedAtMs !== undefined) {
      if (performance.now() - askedAtMs < sameAskingMs) return
      deps.log.warn({ signal }, 'asked again: ending with what is unfinished')
      return end(1)
    }
    askedAtMs = performance.now()
    if (running === undefined) {
      deps.log.info({ signal }, 'asked to end before it had begun')
      return end(0)
    }
    drainAndEnd(deps, running, signal, end)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  try {
    const stopTracing = await startTracing(deps, name)
    const started = await parts.start(deps, settings)
    running = {
      ...started,
      drain: async () => {
        await started.drain()
        await closeDeps(deps)
        await stopTracing()
      },
    }
  } catch (error) {
    deps.log.fatal({ err: error }, 'could not start')
    end(1)
  }
}

function drainAndEnd(
  { log, settings: { drainNoticeMs } }: Deps,
  { announceDrain, drain }: Running,
  signal: NodeJS.Signals,
  end: (code: number) => void,
): void {
  log.info({ signal, noticeMs: drainNoticeMs }, 'draining')
  announceDrain()
  const drainAfterNotice = async (): Promise<void> => {
    await sleep(drainNoticeMs)
    setTimeout(() => {
      log.error({ waitedMs: drainTimeoutMs, unfinished: openWork() }, 'draining took too long')
      end(1)
    }, drainTimeoutMs).unref()
    await drain()
  }
  drainAfterNotice().then(
    () => end(0),
    (error: unknown) => {
      log.error({ err: error }, 'draining failed')
      end(1)
    },
  )
}

/** What keeps the process: sockets, servers, timers, each kind with its number. */
function openWork(): Record<string, number> {
  const kinds = Map.groupBy(process.getActiveResourcesInfo(), (kind) => kind)
  return Object.fromEntries([...kinds].map(([kind, all]) => [kind, all.length]))
}
