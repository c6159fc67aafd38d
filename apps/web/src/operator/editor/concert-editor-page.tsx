import type { EditorConcertPage } from '@greenroom/contract'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { api } from '../../data/api.ts'
import { Notice } from '../../design/notice.tsx'
import { Skeleton } from '../../design/skeleton.tsx'
import { useTitle } from '../../design/use-title.ts'
import { m } from '../../paraglide/messages.js'
import { told } from '../../text/locale.ts'
import { tellFailure } from '../../text/tell-failure.ts'
import { ClockForm } from './clock-form.tsx'
import { PricesPanel } from './prices-panel.tsx'
import { ShowsPanel } from './shows-panel.tsx'
import { TextForm } from './text-form.tsx'

/** Everything that may be changed about one concert; what it is too late for says why. */
export function ConcertEditorPage() {
  const { concertId } = useParams({ from: '/console/admin/concerts/$concertId' })
  const { data: concert, error } = useQuery(api.editor.concert.queryOptions({ concertId }))
  useTitle(concert === undefined ? m.editor_concerts() : told(concert.title))
  const failure = tellFailure(error)
  return (
    <div className="page py-8">
      <Link to="/admin/concerts" className="text-sm font-semibold text-lamp-text hover:underline">
        ← {m.editor_concerts()}
      </Link>
      {failure !== undefined && (
        <Notice tone="bad" className="mt-6">
          {failure}
        </Notice>
      )}
      {concert === undefined && failure === undefined && <Skeleton className="mt-6 h-120 rounded-panel" />}
      {concert !== undefined && <Editor concert={concert} />}
    </div>
  )
}

function Editor({ concert }: { concert: EditorConcertPage }) {
  return (
    <>
      <h1 className="mt-2 text-3xl">{told(concert.title)}</h1>
      {concert.shows.length === 0 && (
        <Notice tone="plain" className="mt-4">
          {m.editor_needs_show()}
        </Notice>
      )}
      {/* no wider than the page, whatever a field would like to be */}
      <div className="mt-6 grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-2">
        <TextForm concert={concert} />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
          <ClockForm concert={concert} />
          <PricesPanel concert={concert} />
          <ShowsPanel concert={concert} />
        </div>
      </div>
    </>
  )
}
