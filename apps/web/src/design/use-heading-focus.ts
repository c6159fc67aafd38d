import { type RefObject, useEffect, useRef } from 'react'

/**
 * When a page becomes another one in place, what had the focus is gone with it: the keyboard starts at the new heading, and
 * who listens hears it. Not when the page is first shown, nor while it is not known yet which one it is (`undefined`). The
 * ref is for what holds the page.
 */
export function useHeadingFocus<E extends HTMLElement>(shown: string | undefined): RefObject<E | null> {
  const page = useRef<E>(null)
  const before = useRef(shown)
  useEffect(() => {
    const isFirst = before.current === undefined
    if (before.current === shown) return
    before.current = shown
    if (isFirst) return
    const heading = page.current?.querySelector('h1')
    if (heading === null || heading === undefined) return
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
  }, [shown])
  return page
}
