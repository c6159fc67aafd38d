import { startTransition, useEffect, useState } from 'react'

/**
 * False in the first rendering, true right after it: for what nobody looks at first. It is rendered in slices of a few
 * milliseconds, between which a press is heard.
 */
export function useLater(): boolean {
  const [isLater, setLater] = useState(false)
  useEffect(() => startTransition(() => setLater(true)), [])
  return isLater
}
