import { setTimeout as sleep } from 'node:timers/promises'
import { type AppName, type AppSettings, type Child, spawnApp, waitUntilReady } from '@greenroom/stack'
import type { Moments } from '../proxy/moments.ts'
import type { TcpProxy } from '../proxy/tcp-proxy.ts'

/** One process of the product, which faults kill and the lab brings back, as its launcher would. */
export type App = {
  name: string
  kind: AppName
  postgres: { proxy: TcpProxy; moments: Moments }
  redis: { proxy: TcpProxy; moments: Moments }
  /** `undefined` while it is dead. */
  pid: () => number | undefined
  /** Ends it now; it stays dead until `bringUp`. Nothing happens when it is dead already. */
  kill: (signal?: 'SIGKILL' | 'SIGTERM') => void
  /** Asks it to end in good order and waits until it has. */
  drain: () => Promise<void>
  /** Lives and is ready when this resolves. Safe to repeat. `clockShiftMs` moves the clock of the new process. */
  bringUp: (options?: { clockShiftMs?: number }) => Promise<void>
  /** How often it ended although nobody asked it to, each with its last words. */
  ownEnds: () => readonly string[]
  stop: () => Promise<void>
}

const readyTimeoutMs = 60_000
/** What a launcher waits before it starts a process again that ended by itself. */
const restartAfterMs = 250

/** Starts nothing yet: that is `bringUp`. */
export function createApp(options: {
  name: string
  kind: AppName
  settings: AppSettings
  env: Record<string, string>
  readyUrl: string | undefined
  postgres: App['postgres']
  redis: App['redis']
}): App {
  const { name, kind, readyUrl } = options
  const ownEnds: string[] = []
  let child: Child | undefined
  let isWanted = false
  let starting: Promise<void> | undefined
  /** The port is free again once the last one is gone. */
  let gone: Promise<unknown> = Promise.resolve()

  const watch = async (started: Child): Promise<void> => {
    const { code, signal } = await started.exited
    if (child !== started) return
    child = undefined
    if (!isWanted) return
    ownEnds.push(`${name} ended by itself (${signal ?? code}): ${started.lastLines().slice(-3).join(' | ')}`)
    await sleep(restartAfterMs)
    if (isWanted) await bringUp()
  }
  const start = async (clockShiftMs: number): Promise<void> => {
    if (child === undefined) {
      await gone
      const shift = new URL(`./shifted-clock.ts?ms=${clockShiftMs}`, import.meta.url).href
      const env = { ...options.env, ...(clockShiftMs === 0 ? {} : { NODE_OPTIONS: `--import=${shift}` }) }
      child = await spawnApp(kind, options.settings, { env, onLine: () => undefined })
      gone = child.exited
      void watch(child)
    }
    if (readyUrl !== undefined) await waitUntilReady(readyUrl, { timeoutMs: readyTimeoutMs, whyHopeless })
  }
  const whyHopeless = (): string | undefined => (isWanted ? undefined : `${name} was killed meanwhile`)
  const bringUp: App['bringUp'] = async ({ clockShiftMs = 0 } = {}) => {
    isWanted = true
    starting ??= start(clockShiftMs).finally(() => {
      starting = undefined
    })
    await starting
  }
  const kill: App['kill'] = (signal = 'SIGKILL') => {
    isWanted = false
    child?.kill(signal)
    if (signal === 'SIGKILL') child = undefined
  }
  return {
    name,
    kind,
    postgres: options.postgres,
    redis: options.redis,
    pid: () => child?.pid,
    kill,
    drain: async () => {
      isWanted = false
      await child?.stop()
      child = undefined
    },
    bringUp,
    ownEnds: () => ownEnds,
    stop: async () => {
      isWanted = false
      await child?.stop()
    },
  }
}
