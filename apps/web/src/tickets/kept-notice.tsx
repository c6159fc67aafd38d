import { Notice } from '../design/notice.tsx'
import { m } from '../paraglide/messages.js'
import { formatInstant } from '../text/instants.ts'
import { currentLocale } from '../text/locale.ts'

/** Tells how old what is shown is, when no newer could be had. */
export function KeptNotice({ atMs }: { atMs: number }) {
  return (
    <Notice className="mt-6">
      {m.tickets_kept({ when: formatInstant(atMs, { locale: currentLocale(), timeZone: localZone }) })}
    </Notice>
  )
}

const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone
