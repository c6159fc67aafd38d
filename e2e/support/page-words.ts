import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locale } from '@greenroom/contract'

/** What the pages say in one language, as a pattern of the whole text: `say('fans_ahead', { count: 3 })`. */
export type Words = (message: string, given?: Record<string, string | number>) => RegExp

type Message = string | readonly { match: Record<string, string> }[]

/** The pages' own catalogue. What is not given (an amount, a time) may be anything; a plural may be any of its forms. */
export function readWords(locale: Locale): Words {
  const file = join(import.meta.dirname, '../../apps/web/messages', `${locale}.json`)
  const catalogue = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Message>
  return (name, given = {}) => {
    const message = catalogue[name]
    if (message === undefined) throw new Error(`the pages have no message "${name}"`)
    const forms =
      typeof message === 'string' ? [message] : message.flatMap(({ match }) => Object.values(match))
    return new RegExp(`^(?:${forms.map((form) => patternOf(form, given)).join('|')})$`)
  }
}

function patternOf(form: string, given: Record<string, string | number>): string {
  return form
    .split(/(\{\w+\})/)
    .map((part) => (/^\{\w+\}$/.test(part) ? slotPattern(given[part.slice(1, -1)]) : RegExp.escape(part)))
    .join('')
}

function slotPattern(value: string | number | undefined): string {
  return value === undefined ? '.+' : RegExp.escape(String(value))
}
