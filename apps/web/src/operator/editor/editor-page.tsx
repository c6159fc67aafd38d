import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../data/api.ts'
import { buttonLook } from '../../design/button.tsx'
import { EmptyState } from '../../design/empty-state.tsx'
import { Notice } from '../../design/notice.tsx'
import { Panel } from '../../design/panel.tsx'
import { Skeleton } from '../../design/skeleton.tsx'
import { useTitle } from '../../design/use-title.ts'
import { PhaseChip } from '../../concerts/phase-chip.tsx'
import { m } from '../../paraglide/messages.js'
import { told } from '../../text/locale.ts'
import { tellFailure } from '../../text/tell-failure.ts'
import { SeatPlansPanel } from './seat-plans-panel.tsx'

/** Every concert, also those that fans do not see yet, and the seat plans that concerts are made of. */
export function EditorPage() {
  useTitle(m.editor_concerts())
  const concerts = useQuery(api.editor.concerts.queryOptions())
  const failure = tellFailure(concerts.error)
  return (
    <div className="page py-8">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <h1 className="text-3xl">{m.editor_concerts()}</h1>
        <Link to="/admin/concerts/new" className={buttonLook({ tone: 'lamp' })}>
          {m.editor_new_concert()}
        </Link>
      </div>
      {failure !== undefined && (
        <Notice tone="bad" className="mt-6">
          {failure}
        </Notice>
      )}
      {concerts.isPending && <Skeleton className="mt-6 h-64 rounded-panel" />}
      {concerts.data?.length === 0 && <EmptyState isPart title={m.no_concerts_title()} />}
      {concerts.data !== undefined && concerts.data.length > 0 && (
        <Panel className="mt-6">
          <ul className="divide-y divide-rule/60">
            {concerts.data.map(({ concertId, title, artist, phase, opensAtMs, showCount }) => (
              <li key={concertId}>
                <Link
                  to="/admin/concerts/$concertId"
                  params={{ concertId }}
                  className="flex flex-wrap items-center gap-x-4 gap-y-1 px-5 py-4 outline-offset-[-3px] hover:bg-ground"
                >
                  <span className="min-w-0 flex-1 basis-56">
                    <span className="block truncate font-semibold">{told(title)}</span>
                    <span className="block truncate text-sm text-soft">{artist}</span>
                  </span>
                  <span className="text-sm text-soft">
                    {showCount === 0 ? m.editor_no_shows() : m.editor_shows({ count: showCount })}
                  </span>
                  <PhaseChip phase={phase} opensAtMs={opensAtMs} />
                </Link>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <SeatPlansPanel />
    </div>
  )
}
