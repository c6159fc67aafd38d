import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Locale, LocalizedText } from '@greenroom/contract'
import type { WebFile } from './read-web-files.ts'
import { contentTagOf } from './rest/entity-tag.ts'

/** A concert has two of them, one a language; beyond that the one made first goes. */
const maxKept = 1_000

/**
 * The seats page's document with the concert's name in it, so that a phone shows it a second before the page's script is
 * there; without one while nobody knows it. Each is made and compressed once, not for each fan who goes in.
 */
export function createSeatsDocuments(
  template: WebFile,
): (title: LocalizedText | undefined, locale: Locale) => WebFile {
  const text = template.bytes.toString()
  const kept = new Map<string, WebFile>()
  return (title, locale) => {
    const told = title?.[locale] ?? ''
    const key = `${locale} ${told}`
    const known = kept.get(key)
    if (known !== undefined) return known
    const [oldest] = kept.keys()
    if (kept.size >= maxKept && oldest !== undefined) kept.delete(oldest)
    const made = fill(template, text, { lang: locale, title: told })
    kept.set(key, made)
    return made
  }
}

function fill(template: WebFile, text: string, values: Record<'lang' | 'title', string>): WebFile {
  const filled = Object.entries(values).reduce(
    (html, [name, value]) => html.replaceAll(`{${name}}`, () => escapeText(value)),
    text,
  )
  const bytes = Buffer.from(filled)
  return {
    ...template,
    bytes,
    tag: contentTagOf(bytes),
    // two milliseconds where the best takes twenty, for forty bytes
    compressed: {
      br: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
      gzip: gzipSync(bytes),
    },
  }
}

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
