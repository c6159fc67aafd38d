import { createWriteStream } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Writable } from 'node:stream'
import { type Logger, pino } from 'pino'
import { readCallContext } from './call-context.ts'
import { describeError } from './describe-error.ts'
import { escapeControls } from './escape-controls.ts'
import { hidden, hiddenPaths, hideSecrets } from './hide-secrets.ts'
import { readSpanIds } from './trace.ts'

/** What may wait for a reader: some 20,000 lines. What is more is dropped, and counted. */
const maxWaitingBytes = 4 * 1024 * 1024
const flushPatienceMs = 500

/**
 * A process's log: JSON, a line each, to `file` or standard output. Each line of a call carries its request id, and its trace
 * while tracing is on. Secrets and personal data are hidden by name and by shape, and what callers wrote forges no line and commands no
 * terminal. Never waits for a reader: what a full pipe
 * does not take waits in memory, and beyond 4 MiB is dropped; the next line that is written says how many were.
 */
export function openLog(name: string, { level, file }: { level: string; file?: string }): Logger {
  const out: Writable = file === undefined ? process.stdout : createWriteStream(file, { flags: 'a' })
  // a reader that went away takes no more lines, and nobody is left to be told
  if (out.listenerCount('error') === 0) out.on('error', () => undefined)
  let dropped = 0
  const log = pino(
    {
      name,
      level,
      redact: { paths: hiddenPaths, censor: hidden },
      serializers: { err: describeError },
      mixin: () => ({
        ...readCallContext(),
        ...readSpanIds(),
        ...(dropped === 0 ? {} : { droppedLines: dropped }),
      }),
      hooks: { streamWrite: (line) => escapeControls(hideSecrets(line)) },
    },
    {
      write: (line: string) => {
        const isRoom = out.writableLength + line.length <= maxWaitingBytes
        dropped = isRoom ? 0 : dropped + 1
        if (isRoom) out.write(line)
      },
    },
  )
  streams.set(log, out)
  return log
}

const streams = new WeakMap<Logger, Writable>()

/** Lets what was logged be read, for half a second at most: a reader that is stuck keeps no process from ending. */
export async function flushLog(log: Logger): Promise<void> {
  const out = streams.get(log)
  if (out === undefined || out.destroyed) return
  const { promise, resolve } = Promise.withResolvers<undefined>()
  out.write('', () => resolve(undefined))
  await Promise.race([promise, sleep(flushPatienceMs, undefined, { ref: false })])
}
