import { setTimeout as sleep } from 'node:timers/promises'

import { type Child, describeExit } from './spawn-child.ts'

const timeoutMs = 60_000
const pollMs = 50

/**
 * Waits until a server that was just started answers, and is ours: `isOurs` asks it, answers false while there is nobody to
 * ask, and throws when somebody else answers. Throws one clear sentence when the server dies or never answers.
 */
export async function waitUntilOurs(
  name: string,
  server: Pick<Child, 'exited' | 'lastLines'>,
  isOurs: () => Promise<boolean>,
): Promise<void> {
  const lastWords = (): string => server.lastLines().slice(-5).join(' ')
  let exit: string | undefined
  void server.exited.then((how) => {
    exit = describeExit(how)
  })
  for (let waitedMs = 0; waitedMs < timeoutMs; waitedMs += pollMs) {
    if (exit !== undefined) throw new Error(`${name} died at start: it ${exit}: ${lastWords()}`)
    if (await isOurs()) return
    await sleep(pollMs)
  }
  throw new Error(`${name} did not answer within ${timeoutMs / 1000} s: ${lastWords()}`)
}
