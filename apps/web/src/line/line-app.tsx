import type { ConcertId } from '@greenroom/contract'
import { PageFrame } from '../app/page-frame.tsx'
import { useLocale } from '../text/locale.ts'
import { LineHeader } from './line-header.tsx'
import { LineNotFound } from './line-not-found.tsx'
import { LinePage } from './line-page.tsx'

/** The line page in the frame of all pages, with plain links to the others. */
export function LineApp({ concertId }: { concertId: ConcertId | undefined }) {
  const locale = useLocale()
  return (
    <PageFrame header={<LineHeader locale={locale} />}>
      {concertId === undefined ? <LineNotFound /> : <LinePage concertId={concertId} />}
    </PageFrame>
  )
}
