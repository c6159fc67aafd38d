import { Link } from '@tanstack/react-router'
import { useServerNow } from '../clock/use-server-now.ts'
import { refusalOf } from '../data/wire-error.ts'
import { buttonLook } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { Notice } from '../design/notice.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { useTitle } from '../design/use-title.ts'
import { m } from '../paraglide/messages.js'
import { tellRefusal } from '../text/refusals.ts'
import { EveningCard } from './evening-card.tsx'
import { type Evening, groupEvenings } from './evenings.ts'
import { KeptNotice } from './kept-notice.tsx'
import { useTickets } from './use-tickets.ts'

/** All own tickets by evening: what can still be gone to, then what is over. */
export function TicketsPage() {
  useTitle(m.nav_tickets())
  const tickets = useTickets()
  const { ahead, behind } = groupEvenings(tickets.data ?? [], useServerNow(60_000))
  return (
    <div className="page max-w-4xl py-10">
      <h1 className="text-3xl">{m.nav_tickets()}</h1>
      {tickets.isRefetchError && <KeptNotice atMs={tickets.dataUpdatedAt} />}
      {tickets.isLoadingError && (
        <Notice tone="bad" className="mt-8">
          {tellRefusal(refusalOf(tickets.error))}
        </Notice>
      )}
      {tickets.data?.length === 0 && (
        <EmptyState
          isPart
          title={m.no_tickets_title()}
          action={
            <Link to="/" className={buttonLook()}>
              {m.to_concerts()}
            </Link>
          }
        >
          {m.no_tickets_text()}
        </EmptyState>
      )}
      {tickets.isPending && (
        <output aria-busy="true" aria-label={m.loading()} className="mt-8 grid gap-5">
          <Skeleton className="h-56 rounded-panel" />
          <Skeleton className="h-56 rounded-panel" />
        </output>
      )}
      <Evenings title={m.tickets_ahead()} evenings={ahead} isOver={false} />
      <Evenings title={m.tickets_behind()} evenings={behind} isOver />
    </div>
  )
}

function Evenings(props: { title: string; evenings: readonly Evening[]; isOver: boolean }) {
  const { title, evenings, isOver } = props
  if (evenings.length === 0) return null
  return (
    <section className="mt-8">
      <h2 className="text-base text-soft">{title}</h2>
      <ul className="mt-3 grid gap-5">
        {evenings.map((evening) => (
          <li key={evening.show.showId}>
            <EveningCard evening={evening} isOver={isOver} />
          </li>
        ))}
      </ul>
    </section>
  )
}
