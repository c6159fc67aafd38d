import type { Locale, LocalizedText } from '@greenroom/contract'
import { useSyncExternalStore } from 'react'
import { getLocale, overwriteGetLocale, setLocale } from '../paraglide/runtime.js'

let current: Locale = getLocale()
const listeners = new Set<() => void>()

overwriteGetLocale(() => current)
document.documentElement.lang = current

/** The language every message is told in now. */
export function currentLocale(): Locale {
  return current
}

/** Changes the language at once, without a reload, and keeps it for the next visit. */
export function changeLocale(next: Locale): void {
  if (next === current) return
  current = next
  document.documentElement.lang = next
  void setLocale(next, { reload: false })
  // for what the api writes into a page before any script runs
  document.cookie = `greenroom_locale=${next}; path=/; max-age=31536000; samesite=lax`
  for (const listener of listeners) listener()
}

export function useLocale(): Locale {
  return useSyncExternalStore(subscribe, currentLocale)
}

/** The text in the page's language. */
export function told(text: LocalizedText): string {
  return text[current]
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
