import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import type { CrowdCounts, CrowdLoad } from './crowd-load.ts'
import type { CrowdOrder } from './crowd-process.ts'

/** It stands for other machines: where cores are short, servers come first. */
const niceness = 19

/**
 * Linux may share the cores among sessions first, and by niceness only within each (sched_autogroup, see sched(7)). Our servers
 * have sessions of their own, so the crowd has one as well, whose niceness is set besides its own.
 */
function yieldToServers(pid: number): void {
  setPriority(pid, niceness)
  const session = `/proc/${pid}/autogroup`
  try {
    writeFileSync(session, String(niceness))
  } catch {
    // no such sharing here, or not for us to change: the process's own niceness is what there is
  }
}

/**
 * The crowd outside in a process of its own, so that its work is not in the time that fans inside are seen to wait. Throws
 * when it cannot connect.
 */
export async function startCrowd(
  port: number,
  connections: number,
  requests: string[],
): Promise<Omit<CrowdLoad, 'close'> & { close: () => Promise<void> }> {
  const child = fork(new URL('./crowd-process.ts', import.meta.url), {
    stdio: ['ignore', 2, 2, 'ipc'],
    detached: true,
  })
  if (child.pid !== undefined) yieldToServers(child.pid)
  const exited = once(child, 'exit')
  const ask = async (order: CrowdOrder): Promise<unknown> => {
    const answered = once(child, 'message')
    child.send(order)
    const died = exited.then(() => Promise.reject(new Error('the crowd has died')))
    const message: unknown[] = await Promise.race([answered, died])
    const error: unknown = Reflect.get(Object(message[0]), 'error')
    if (typeof error === 'string') throw new Error(`the crowd: ${error}`)
    return Reflect.get(Object(message[0]), 'answer')
  }
  const close = async (): Promise<void> => {
    child.kill('SIGKILL')
    await exited
  }
  await ask({ kind: 'open', port, connections, requests }).catch(async (error: unknown) => {
    await close()
    throw error
  })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own process, which answers with what CrowdLoad does
  const countsOf = async (order: CrowdOrder): Promise<CrowdCounts> => (await ask(order)) as CrowdCounts
  return {
    saturate: (callers, ms) => countsOf({ kind: 'saturate', callers, ms }),
    offer: (perSecond, ms) => countsOf({ kind: 'offer', perSecond, ms }),
    close,
  }
}
