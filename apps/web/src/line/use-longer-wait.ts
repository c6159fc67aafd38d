import { estimateWait } from '@greenroom/client'
import { useRef } from 'react'
import type { LineView } from './use-line.ts'
import { type LongerWait, type WaitMemory, whyLonger } from './why-longer.ts'

/** Why the wait of a fan in an open line is longer than it was, while it is. */
export function useLongerWait({ ahead, progress }: LineView): LongerWait | undefined {
  const kept = useRef<{ asOfMs: number; memory: WaitMemory | undefined; longer: LongerWait | undefined }>(
    undefined,
  )
  if (progress === undefined || ahead === null || progress.phase !== 'open') return undefined
  const { asOfMs, outflowPerMinute } = progress
  // once a message: drawing the same again learns nothing
  if (kept.current?.asOfMs !== asOfMs) {
    const range = estimateWait(ahead, outflowPerMinute)
    kept.current = { asOfMs, ...whyLonger(kept.current?.memory, { asOfMs, range, outflowPerMinute }) }
  }
  return kept.current.longer
}
