import type { AuditPage, AuditSearchInput } from '@greenroom/contract'
import type { Deps } from '../platform/deps.ts'
import { findAuditActions, searchAuditEntries } from './audit-search-store.ts'

/** Words of one search; what comes after them is not looked for. */
const mostWords = 10

/**
 * A page of the audit, newest first; `nextCursor` is where the next one begins. `text`: all its words are in the deed, its
 * object or the state before or after it, each as the beginning of a word there. Text without a letter or figure finds nothing.
 */
export async function searchAudit(deps: Deps, { text, ...asked }: AuditSearchInput): Promise<AuditPage> {
  const words = text === undefined ? undefined : toWords(text)
  if (words === '') return { entries: [], nextCursor: null }
  const found = await searchAuditEntries(deps.db, { ...asked, words, limit: asked.limit + 1 })
  const entries = found.slice(0, asked.limit)
  return { entries, nextCursor: found.length > entries.length ? (entries.at(-1)?.auditId ?? null) : null }
}

/** Every kind of deed that the audit has, for a list to choose from. */
export async function listAuditActions(deps: Deps): Promise<string[]> {
  return await findAuditActions(deps.db)
}

/** `rate per-min` as `rate:* & per:* & min:*`: letters and figures alone, so nothing in it is an operator of the query. */
function toWords(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return words
    .slice(0, mostWords)
    .map((word) => `${word}:*`)
    .join(' & ')
}
