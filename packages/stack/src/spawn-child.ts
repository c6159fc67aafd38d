import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

import { isErrno, sendSignal } from './process-identity.ts'
import type { ServiceUser } from './service-user.ts'

export type ChildSpec = {
  command: string
  args: string[]
  env: NodeJS.ProcessEnv
  cwd: string
  user?: ServiceUser
  /** what asks it to end in good order */
  stopSignal: NodeJS.Signals
  /** how long it may take before SIGKILL */
  stopTimeoutMs: number
  /** Each stream's lines come in order; which of two streams spoke first, two pipes cannot tell. */
  onLine: (line: string, stream: 'stdout' | 'stderr') => void
}

export type ChildExit = {
  code: number | null
  signal: NodeJS.Signals | null
}

export type Child = {
  pid: number
  /** resolves when it ended, for whatever reason; never rejects */
  exited: Promise<ChildExit>
  /** the last lines it wrote, oldest first */
  lastLines: () => string[]
  kill: (signal: NodeJS.Signals) => void
  /** ends it in good order, by force after its time-out. Safe to repeat. */
  stop: () => Promise<void>
}

const keptLines = 40
const lastWordsMs = 500

/**
 * Starts a process that cannot outlive us: it gets a session of its own, so that a Ctrl-C in the terminal reaches only
 * the launcher (which then stops things in order), and a tiny watcher that ends it should we be killed outright.
 * Rejects when the command cannot be started.
 */
export async function spawnChild(spec: ChildSpec): Promise<Child> {
  const started = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    env: spec.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(spec.user === undefined ? {} : { uid: spec.user.uid, gid: spec.user.gid }),
  })
  await once(started, 'spawn')
  const { pid } = started
  if (pid === undefined) throw new Error(`${spec.command} started without a pid`)

  const lines: string[] = []
  followLines(started.stdout, lines, (line) => spec.onLine(line, 'stdout'))
  followLines(started.stderr, lines, (line) => spec.onLine(line, 'stderr'))
  const watcher = endWithUs(pid, spec.stopSignal)
  const exited = new Promise<ChildExit>((resolve) => {
    started.once('exit', (code, signal) => {
      watcher.kill('SIGKILL')
      // Its last words may still be in the pipe; a grandchild that keeps the pipe open is not waited for.
      const lastWords = setTimeout(() => resolve({ code, signal }), lastWordsMs)
      started.once('close', () => {
        clearTimeout(lastWords)
        resolve({ code, signal })
      })
    })
  })
  const kill = (signal: NodeJS.Signals): void => {
    if (started.exitCode === null && started.signalCode === null) sendSignal(pid, signal)
  }
  const stop = async (): Promise<void> => {
    kill(spec.stopSignal)
    const force = setTimeout(() => kill('SIGKILL'), spec.stopTimeoutMs)
    await exited
    clearTimeout(force)
  }
  return { pid, exited, lastLines: () => [...lines], kill, stop }
}

/** One sentence for people: how a process ended. */
export function describeExit(exit: ChildExit): string {
  return exit.signal === null ? `exited with ${exit.code}` : `was ended by ${exit.signal}`
}

/**
 * A shell that waits on a pipe only we hold open. When we vanish, by kill -9 too, the pipe closes and it signals the
 * process. Costs under 1 MB; works wherever sh does, unlike PR_SET_PDEATHSIG.
 */
function endWithUs(pid: number, signal: NodeJS.Signals): ChildProcess {
  const watcher = spawn(
    '/bin/sh',
    ['-c', 'read -r _; kill -s "$0" "$1"', signal.replace('SIG', ''), String(pid)],
    {
      cwd: '/',
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    },
  )
  watcher.unref()
  return watcher
}

function followLines(stream: Readable, kept: string[], onLine: (line: string) => void): void {
  stream.on('error', (error) => {
    // The reading end of a killed process; its exit is reported by 'exit'.
    if (!isErrno(error, 'EIO') && !isErrno(error, 'ECONNRESET')) throw error
  })
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
    kept.push(line)
    if (kept.length > keptLines) kept.shift()
    onLine(line)
  })
}
