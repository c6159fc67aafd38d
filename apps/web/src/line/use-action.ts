import { greenroomError } from '@greenroom/client'
import { useState } from 'react'
import { tellLineRefusal } from '../text/line-refusals.ts'

/**
 * Something a press does: once at a time, with a sentence about why it failed, until the next press. `onFailure`: it may have
 * happened all the same, its answer lost, or may be possible no more.
 */
export function useAction(
  act: () => Promise<unknown>,
  onFailure?: () => void,
): {
  run: () => void
  isBusy: boolean
  failure: string | undefined
} {
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string>()
  const run = (): void => {
    if (isBusy) return
    setBusy(true)
    setFailure(undefined)
    act()
      .catch((error: unknown) => {
        setFailure(tellLineRefusal(greenroomError(error)))
        onFailure?.()
      })
      .finally(() => setBusy(false))
  }
  return { run, isBusy, failure }
}
