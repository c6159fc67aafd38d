import { estimateWait } from '@greenroom/client'
import { useState } from 'react'
import type { LineView } from './use-line.ts'
import { type LongerWait, type WaitMemory, whyLonger } from './why-longer.ts'

type Weighed = { asOfMs?: number; memory?: WaitMemory | undefined; longer?: LongerWait | undefined }

/** Why the wait of a fan in an open line is longer than it was, while it is. Weighed once a message of the line. */
export function useLongerWait({ ahead, progress }: LineView): LongerWait | undefined {
  const [weighed, setWeighed] = useState<Weighed>({})
  if (ahead === null || progress?.phase !== 'open') return undefined
  const { asOfMs, outflowPerMinute } = progress
  if (weighed.asOfMs !== asOfMs) {
    const range = estimateWait(ahead, outflowPerMinute)
    setWeighed({ asOfMs, ...whyLonger(weighed.memory, { asOfMs, range, outflowPerMinute }) })
  }
  return weighed.longer
}
