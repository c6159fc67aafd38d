import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { OpenPages, PagesSeen } from './page-messages.ts'

export type Pages = {
  open: (pages: OpenPages) => void
  look: () => Promise<PagesSeen>
  stop: () => void
}

/** Pages in a process of their own, which the measuring does not slow down. */
export function startPages(): Pages {
  const child: ChildProcess = fork(new URL('./pages.ts', import.meta.url), { stdio: 'inherit' })
  return {
    open: (pages) => void child.send(pages),
    look: async () => {
      const answer = once(child, 'message')
      child.send('look')
      const seen: unknown = (await answer)[0]
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what pages.ts sends
      return seen as PagesSeen
    },
    stop: () => void child.kill('SIGKILL'),
  }
}
