import type { Locale } from '@greenroom/contract'

// What the pages need of the messages' own runtime, in its place in the builds (build/lean-messages.ts): the same names, the
// same key of the storage.

const storageKey = 'PARAGLIDE_LOCALE'
const locales: readonly Locale[] = ['ko', 'en']

/** The language kept from before, else the first of the browser's that there is, else Korean. It is kept from then on. */
export let getLocale = (): Locale => {
  const wanted = [localStorage.getItem(storageKey), ...navigator.languages]
  const tags = wanted.map((tag) => tag?.toLowerCase().split('-')[0])
  const locale = tags.map((tag) => locales.find((each) => each === tag)).find(Boolean) ?? 'ko'
  setLocale(locale)
  return locale
}

export const overwriteGetLocale = (read: () => Locale): void => {
  getLocale = read
}

export const setLocale = (locale: Locale): void => localStorage.setItem(storageKey, locale)
