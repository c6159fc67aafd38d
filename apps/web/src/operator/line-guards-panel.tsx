import type { ConcertId } from '@greenroom/contract'
import { useQuery } from '@tanstack/react-query'
import { api } from '../data/api.ts'
import { refusalOf } from '../data/wire-error.ts'
import { Panel } from '../design/panel.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { m } from '../paraglide/messages.js'
import { tellRefusal } from '../text/refusals.ts'
import { LineGuardsForm } from './line-guards-form.tsx'

/** What the line asks of newcomers: a challenge, how hard it is, and how many accounts of one address may wait. Asked about once more, and audited. */
export function LineGuardsPanel({ concertId }: { concertId: ConcertId }) {
  const guards = useQuery({
    ...api.operator.lineGuards.queryOptions({ concertId }),
    refetchInterval: 10_000,
  })
  return (
    <Panel className="p-6">
      <h2 className="text-lg">{m.guards_title()}</h2>
      <p className="mt-1.5 text-sm text-faint">{m.guards_text()}</p>
      {guards.isPending && <Skeleton className="mt-4 h-48 w-full" />}
      {guards.isError && (
        <p role="alert" className="mt-4 text-sm text-bad">
          {tellRefusal(refusalOf(guards.error))}
        </p>
      )}
      {guards.data !== undefined && (
        <LineGuardsForm key={concertId} concertId={concertId} guards={guards.data} />
      )}
    </Panel>
  )
}
