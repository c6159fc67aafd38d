import { fork } from 'node:child_process'
import { once } from 'node:events'
import { z } from 'zod'

/** A process of the bench's that does what it is told, one order after the other. */
export type Told = {
  pid: number
  port: number
  /** Its answer, or what went wrong as an error. */
  tell: (order: object) => Promise<unknown>
  close: () => Promise<void>
}

const hello = z.object({ port: z.number() })
const failed = z.object({ failed: z.string() })

/** Starts `file`, which says its port first (any number when it has none) and then answers each message with one. */
export async function startTold(file: string, execArgv: string[] = []): Promise<Told> {
  const child = fork(new URL(file, import.meta.url), [], {
    env: { NODE_ENV: 'production' },
    execArgv,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`${file} did not start`)
  const exited = once(child, 'exit')
  const nextMessage = async (): Promise<unknown> => {
    const ended = exited.then(() => Promise.reject(new Error(`${file} ended`)))
    ended.catch(() => undefined)
    const message: unknown[] = await Promise.race([once(child, 'message'), ended])
    return message[0]
  }
  const { port } = hello.parse(await nextMessage())
  return {
    pid,
    port,
    tell: async (order) => {
      const answered = nextMessage()
      child.send(order)
      const answer = await answered
      const failure = failed.safeParse(answer)
      if (failure.success) throw new Error(failure.data.failed)
      return answer
    },
    close: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}
