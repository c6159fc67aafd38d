import { useLayoutEffect } from 'react'

/** The header is there: what the document showed in its place goes, in the same frame. */
export function useFirstPaintOver(): void {
  useLayoutEffect(() => document.getElementById('first-paint')?.remove(), [])
}
