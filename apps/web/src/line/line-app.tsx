import type { ConcertId } from '@greenroom/contract'
import { Footer } from '../app/footer.tsx'
import { OfflineBanner } from '../app/offline-banner.tsx'
import { m } from '../paraglide/messages.js'
import { useLocale } from '../text/locale.ts'
import { LineHeader } from './line-header.tsx'
import { LineNotFound } from './line-not-found.tsx'
import { LinePage } from './line-page.tsx'

/** The frame of the line page: as that of the others, with plain links to them. */
export function LineApp({ concertId }: { concertId: ConcertId | undefined }) {
  const locale = useLocale()
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="absolute top-2 left-2 z-50 -translate-y-20 rounded-control bg-lamp px-4 py-2 font-semibold text-lamp-ink focus:translate-y-0"
      >
        {m.skip_to_content()}
      </a>
      <OfflineBanner />
      <LineHeader locale={locale} />
      <main
        id="main"
        tabIndex={-1}
        className="flex min-h-[calc(100dvh-3.75rem)] flex-1 flex-col outline-none"
      >
        {concertId === undefined ? <LineNotFound /> : <LinePage concertId={concertId} />}
      </main>
      <Footer />
    </div>
  )
}
