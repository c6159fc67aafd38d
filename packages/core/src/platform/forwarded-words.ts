import type { IncomingMessage } from 'node:http'
import type { Logger } from 'pino'
import { Counter, type Registry } from 'prom-client'
import { type ForwardedWord, forwardedWordReader } from './caller-address.ts'
import type { CoreSettings } from './env.ts'

/** Who runs it would notice neither before the night: with few callers all addresses may well be one. */
const warnings: Partial<Record<ForwardedWord, string>> = {
  ignored:
    'a caller said for whom it speaks (X-Forwarded-For), and TRUST_PROXY trusts nobody there: if that is our proxy, all fans are one address',
  missing:
    'a caller did not come through as many proxies as TRUST_PROXY names: whoever comes around them chooses an address',
}

/**
 * Counts requests by what became of their word of whom they speak for; the first of each kind that may mean a wrong
 * TRUST_PROXY is a line in the log, and most of them are an alert. Probes and scrapes, which come around a proxy, are not for it.
 */
export function registerForwardedWords(
  registry: Registry,
  { settings, log }: { settings: Pick<CoreSettings, 'trustProxy'>; log: Logger },
): (request: IncomingMessage) => void {
  const read = forwardedWordReader(settings)
  const counts: Record<ForwardedWord, number> = { none: 0, believed: 0, ignored: 0, missing: 0 }
  new Counter({
    name: 'greenroom_forwarded_words_total',
    help: 'Requests by what became of their word of whom they speak for: none, believed, ignored (TRUST_PROXY trusts nobody there) or missing.',
    labelNames: ['word'],
    registers: [registry],
    collect() {
      this.reset()
      for (const [word, count] of Object.entries(counts)) this.inc({ word }, count)
    },
  })
  return (request) => {
    const word = read(request)
    counts[word] += 1
    const warning = warnings[word]
    if (warning !== undefined && counts[word] === 1) log.warn({ word }, warning)
  }
}
