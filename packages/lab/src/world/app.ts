import { setTimeout as sleep } from 'node:timers/promises'
import { type AppName, type AppSettings, type Child, spawnApp } from '@greenroom/stack'
import type { Moments } from '../proxy/moments.ts'
import type { TcpProxy } from '../proxy/tcp-proxy.ts'
import { createFreezer } from './freezer.ts'
import { signalOne } from './signal-process.ts'

/** One process of the product, which faults kill and the lab brings back, as its launcher would. */
export type App = {
  name: string
  kind: AppName
  postgres: { proxy: TcpProxy; moments: Moments }
  redis: { proxy: TcpProxy; moments: Moments }
  /** `undefined` while it is dead. */
  pid: () => number | undefined
  /** Ends it now; it stays dead until `bringUp`. False: it was dead already. */
  kill: () => boolean
  /** Asks it to end in good order and waits until it has. False: it was dead already. */
  drain: () => Promise<boolean>
  /** Lives and is ready when this resolves, or was killed again meanwhile. Safe to repeat. */
  bringUp: () => Promise<void>
  /** Stops it until it is told to go on by what this answers. `undefined`: it is dead, or stopped already. */
  freeze: () => (() => void) | undefined
  /** By how much its clock is wrong from its next start on, whoever starts it. */
  shiftClock: (ms: number) => void
  clockShiftMs: () => number
  /** Whether it lives, and its last words. */
  describe: () => string
  /** How often it ended although nobody asked it to, each with what it died of. */
  ownEnds: () => readonly OwnEnd[]
  stop: () => Promise<void>
}

/** How a process tells that it is ready: by answering there, or, when it listens nowhere, by a word in its log. */
export type ReadySign = { url: string } | { logs: string }

/** A process that was never ready ended at its start, which a launcher repeats; one that was ready has crashed. */
export type OwnEnd = { wasReady: boolean; says: string }

const readyTimeoutMs = 60_000
/** What a launcher waits before it starts a process again that ended by itself. */
const restartAfterMs = 250

/** Starts nothing yet: that is `bringUp`. */
export function createApp(options: {
  name: string
  kind: AppName
  settings: AppSettings
  env: Record<string, string>
  ready: ReadySign
  postgres: App['postgres']
  redis: App['redis']
}): App {
  const { name, kind, ready } = options
  const ownEnds: OwnEnd[] = []
  let wasReady = false
  let child: Child | undefined
  let isWanted = false
  let clockShiftMs = 0
  const freezer = createFreezer(signalOne)
  let starting: Promise<void> | undefined
  /** The port is free again once the last one is gone. */
  let gone: Promise<unknown> = Promise.resolve()

  const watch = async (started: Child): Promise<void> => {
    const { code, signal } = await started.exited
    if (child !== started) return
    child = undefined
    if (!isWanted) return
    ownEnds.push({
      wasReady,
      says: `${name} ended by itself (${signal ?? code}): ${reasonIn(started.lastLines())}`,
    })
    await sleep(restartAfterMs)
    // whoever waits for it to be ready hears of it when it is not
    if (isWanted) await bringUp().catch(() => undefined)
  }
  const hear = (line: string): void => {
    if ('logs' in ready && line.includes(ready.logs)) wasReady = true
  }
  const spawn = async (): Promise<void> => {
    await gone
    const shift = new URL(`./shifted-clock.ts?ms=${clockShiftMs}`, import.meta.url).href
    const env = { ...options.env, ...(clockShiftMs === 0 ? {} : { NODE_OPTIONS: `--import=${shift}` }) }
    wasReady = false
    child = await spawnApp(kind, options.settings, { env, onLine: hear })
    gone = child.exited
    void watch(child)
  }
  const start = async (): Promise<void> => {
    for (const endMs = performance.now() + readyTimeoutMs; isWanted; await sleep(100)) {
      if (child === undefined) await spawn()
      // one that was ready may not be so now
      if ('url' in ready ? await isReady(ready.url) : wasReady) {
        wasReady = true
        return
      }
      if (performance.now() > endMs)
        throw new Error(`${name} is not ready ${readyTimeoutMs / 1_000} s after its start`)
    }
  }
  const bringUp: App['bringUp'] = async () => {
    isWanted = true
    starting ??= start().finally(() => {
      starting = undefined
    })
    await starting
  }
  const kill: App['kill'] = () => {
    const victim = child
    isWanted = false
    child = undefined
    victim?.kill('SIGKILL')
    return victim !== undefined
  }
  return {
    name,
    kind,
    postgres: options.postgres,
    redis: options.redis,
    pid: () => child?.pid,
    kill,
    drain: async () => {
      const victim = child
      isWanted = false
      await victim?.stop()
      if (child === victim) child = undefined
      return victim !== undefined
    },
    bringUp,
    freeze: () => child && freezer.freeze(child.pid),
    shiftClock: (ms) => {
      clockShiftMs = ms
    },
    clockShiftMs: () => clockShiftMs,
    describe: () =>
      child === undefined
        ? `${name} is dead`
        : `${name} lives (${child.pid}): ${child.lastLines().slice(-2).join(' | ') || 'it said nothing'}`,
    ownEnds: () => ownEnds,
    stop: async () => {
      isWanted = false
      await child?.stop()
    },
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) })
    await answer.body?.cancel()
    return answer.ok
  } catch (error) {
    if (error instanceof Error) return false
    throw error
  }
}

/** Of what it died: Node says it in plain lines, after what the process had logged of troubles that it survived. */
export function reasonIn(lines: readonly string[]): string {
  const errors = lines.filter((line) => /\w*[Ee]rror\b.*:/.test(line))
  const reason = errors.find((line) => !line.startsWith('{')) ?? errors[0] ?? lines.at(-1)
  return (reason ?? 'it said nothing').trim()
}
