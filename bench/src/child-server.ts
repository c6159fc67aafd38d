import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'

export type ChildServer = { port: number; pid: number; close: () => Promise<void> }

const hello = z.object({ port: z.number().int().positive() })
const startTimeoutMs = 20_000

/** Starts one of the bench's own servers as a process, so that it and the load generator have a core each. */
export async function startChildServer(
  file: string,
  options: { args?: string[]; env?: Record<string, string> } = {},
): Promise<ChildServer> {
  const child = fork(new URL(file, import.meta.url), options.args ?? [], {
    env: { ...options.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const exited = once(child, 'exit')
  const close = async (): Promise<void> => {
    child.kill('SIGKILL')
    await exited
  }
  const ended = exited.then(() => Promise.reject(new Error(`${file} ended at its start`)))
  try {
    const saidHello = once(child, 'message', { signal: AbortSignal.timeout(startTimeoutMs) })
    const message: unknown[] = await Promise.race([saidHello, ended])
    ended.catch(() => undefined)
    return { port: hello.parse(message[0]).port, pid: requirePid(child.pid), close }
  } catch (error) {
    await close()
    throw error
  }
}

function requirePid(pid: number | undefined): number {
  if (pid === undefined) throw new Error('a process without a number')
  return pid
}

/** For the child: listens on a free port of the loopback, tells the parent, and ends with it. */
export async function tellPort(server: FastifyInstance): Promise<void> {
  process.on('disconnect', () => process.exit(0))
  await server.listen({ port: 0, host: '127.0.0.1' })
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('a server without a port')
  process.send?.({ port: address.port })
}
