import { solveWork } from '@greenroom/client'
import type { FromWorker, ToWorker } from './worker-messages.ts'

// A thread of its own: the page moves on while it works.
addEventListener('message', ({ data: { challenge, answers } }: MessageEvent<ToWorker>) => {
  const tell = (message: FromWorker): void => postMessage(message)
  solveWork(challenge, { answers, onProgress: () => tell({ answers }) }).then(
    (proof) => tell({ proof }),
    // an error event for the page, which nobody else would raise
    (error: unknown) => reportError(error),
  )
})
