import type { ConcertSummary, SaleStop } from '@greenroom/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { api } from '../data/api.ts'
import { Button } from '../design/button.tsx'
import { ConfirmDialog } from '../design/confirm-dialog.tsx'
import { Notice } from '../design/notice.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { m } from '../paraglide/messages.js'
import { told } from '../text/locale.ts'
import { tellCount } from '../text/money.ts'
import { tellFailure } from '../text/tell-failure.ts'
import { tellWhen } from './tell-when.ts'

/** More than so many faults are shown when they are asked for: they are long. */
const mostShown = 5

/** What the check of each minute found: a line when all is well; each stopped show with its faults, and the way on. */
export function InvariantsPanel({ concerts }: { concerts: readonly ConcertSummary[] }) {
  const report = useQuery({ ...api.operator.invariants.queryOptions(), refetchInterval: 5_000 }).data
  if (report === undefined) return <Skeleton className="mt-6 h-11 max-w-md sm:h-6" />
  const { check, everything, stops } = report
  const elsewhere = [check, everything].flatMap(
    (found) => found?.violations.filter(({ showId }) => showId === undefined) ?? [],
  )
  const broken = new Map(elsewhere.map((each) => [`${each.oracle} ${each.fault}`, each]))
  const byShow = Map.groupBy(stops, ({ showId }) => showId)
  return (
    <section aria-label={m.invariants()} className="mt-6 grid gap-3">
      {[...byShow].map(([showId, faults]) => (
        <StoppedShow key={showId} faults={faults} concerts={concerts} />
      ))}
      {broken.size > 0 && (
        <Notice tone="bad">
          <p className="font-semibold">{m.invariants_broken({ count: broken.size })}</p>
          <Faults faults={[...broken.values()].slice(0, mostShown)} openCount={broken.size} />
        </Notice>
      )}
      <p className="text-sm text-faint">
        {check === null
          ? m.invariants_never()
          : m.invariants_checked({ count: check.oracles.length, when: tellWhen(check.checkedAtMs) })}
      </p>
    </section>
  )
}

function StoppedShow({
  faults,
  concerts,
}: {
  faults: readonly SaleStop[]
  concerts: readonly ConcertSummary[]
}) {
  const queries = useQueryClient()
  const [isWhole, setWhole] = useState(false)
  const [asked, setAsked] = useState<readonly SaleStop[]>()
  const resume = useMutation(
    api.operator.resumeSale.mutationOptions({
      onSuccess: ({ isStopped, openFaults }) => {
        setAsked(undefined)
        if (isStopped) toast.error(m.sale_still_stopped({ count: tellCount(openFaults) }))
        else toast.success(m.done())
      },
      onSettled: () => queries.invalidateQueries(api.operator.pathFilter()),
    }),
  )
  const [first] = faults
  if (first === undefined) return null
  const { showId, concertId, startsAtMs, openOfShow } = first
  const shown = isWhole ? faults : faults.slice(0, mostShown)
  const unseen = openOfShow - (asked ?? shown).length
  const title = concerts.find((concert) => concert.concertId === concertId)?.title
  const name = `${title === undefined ? '' : told(title)} · ${tellWhen(startsAtMs)}`
  return (
    <Notice
      tone="bad"
      action={
        <Button
          size="sm"
          tone="outline"
          onClick={() => {
            resume.reset()
            // what was on the page at this moment was looked at, whatever is found meanwhile
            setAsked(shown)
          }}
        >
          {m.sale_resume()}
        </Button>
      }
    >
      <p className="font-semibold">{m.sale_stopped({ name })}</p>
      <Faults faults={shown} openCount={openOfShow} />
      {shown.length < faults.length && (
        <Button size="sm" tone="quiet" onClick={() => setWhole(true)}>
          {m.sale_stops_show_more({ count: tellCount(faults.length - shown.length) })}
        </Button>
      )}
      <ConfirmDialog
        open={asked !== undefined}
        onOpenChange={() => setAsked(undefined)}
        title={m.sale_resume_title()}
        description={
          unseen > 0 ? m.sale_resume_part_text({ count: tellCount(unseen) }) : m.sale_resume_text()
        }
        confirm={m.sale_resume()}
        busy={resume.isPending}
        failure={tellFailure(resume.error)}
        onConfirm={() => resume.mutate({ showId, stopIds: (asked ?? []).map(({ stopId }) => stopId) })}
      />
    </Notice>
  )
}

/** `openCount`: how many there are in all, where not all of them are here. */
function Faults(props: { faults: readonly { oracle: string; fault: string }[]; openCount: number }) {
  const { faults, openCount } = props
  return (
    <ul className="mt-1 text-sm text-soft">
      {faults.map(({ oracle, fault }) => (
        <li key={`${oracle} ${fault}`} className="break-words">
          <code>{oracle}</code>: {fault}
        </li>
      ))}
      {openCount > faults.length && <li>{m.faults_more({ count: tellCount(openCount - faults.length) })}</li>}
    </ul>
  )
}
