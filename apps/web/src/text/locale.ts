import type { Locale, LocalizedText } from '@greenroom/contract'
import { useSyncExternalStore } from 'react'
import { getLocale, overwriteGetLocale, setLocale } from '../paraglide/runtime.js'

let current: Locale = getLocale()
const listeners = new Set<() => void>()

overwriteGetLocale(() => current)
document.documentElement.lang = current
tellApi()

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
  tellApi()
  for (const listener of listeners) listener()
}

export function useLocale(): Locale {
  return useSyncExternalStore(subscribe, currentLocale)
}

/** The text in the page's language. */
export function told(text: LocalizedText): string {
  return text[current]
}

/**
 * For what the api writes into a page before any script runs. Said by every page, as browsers forget what a script says in a
 * week, and the language that was kept may be another than they ask for.
 */
function tellApi(): void {
  document.cookie = `greenroom_locale=${current}; path=/; max-age=31536000; samesite=lax`
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
