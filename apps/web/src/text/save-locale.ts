import type { Locale } from '@greenroom/contract'

/** Keeps the page's language elsewhere; one that is chosen meanwhile is saved after it, so that the last one stays. */
export async function saveLocale(
  current: () => Locale,
  save: (locale: Locale) => Promise<unknown>,
): Promise<void> {
  let saved: Locale
  do {
    saved = current()
    await save(saved)
  } while (saved !== current())
}
