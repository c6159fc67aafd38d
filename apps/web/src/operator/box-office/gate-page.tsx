import type { ShowId } from '@greenroom/contract'
import { skipToken, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { readId } from '../../app/read-id.ts'
import { api } from '../../data/api.ts'
import { fieldLook } from '../../design/field-look.ts'
import { Notice } from '../../design/notice.tsx'
import { Skeleton } from '../../design/skeleton.tsx'
import { useTitle } from '../../design/use-title.ts'
import { m } from '../../paraglide/messages.js'
import { formatInstant } from '../../text/instants.ts'
import { currentLocale } from '../../text/locale.ts'
import { tellFailure } from '../../text/tell-failure.ts'
import { ConcertSelect } from '../console/concert-select.tsx'
import { useChosenConcert } from '../console/use-chosen-concert.ts'
import { GateDesk } from './gate-desk.tsx'

const showKey = 'greenroom:gate-show'

/** The gate of one show, for a phone in one hand: chosen once and kept on the device, also over a reload without network. */
export function GatePage() {
  useTitle(m.gate())
  const chosen = useChosenConcert()
  const [wanted, setWanted] = useState(() => readId<ShowId>(localStorage.getItem(showKey) ?? ''))
  const concertId = chosen.concert?.concertId
  const concert = useQuery({
    ...api.catalogue.concert.queryOptions(concertId === undefined ? skipToken : { concertId }),

    staleTime: Number.POSITIVE_INFINITY,
  })
  const shows = concert.data?.shows
  const show = shows?.find(({ showId }) => showId === wanted) ?? shows?.[0]
  const failure = tellFailure(concert.error)
  return (
    <div className="page max-w-3xl py-6">
      <h1 className="text-3xl">{m.gate()}</h1>
      <div className="mt-4 grid gap-4 sm:grid-cols-2">
        <ConcertSelect {...chosen} />
        <label className="block">
          <span className="mb-1.5 block text-sm font-semibold">{m.gate_show()}</span>
          <select
            className={fieldLook}
            value={show?.showId ?? ''}
            onChange={(event) => {
              localStorage.setItem(showKey, event.currentTarget.value)
              setWanted(readId<ShowId>(event.currentTarget.value))
            }}
          >
            {shows?.map(({ showId, startsAtMs, isCancelled }) => (
              <option key={showId} value={showId}>
                {formatInstant(startsAtMs, {
                  locale: currentLocale(),
                  timeZone: concert.data?.timeZone ?? 'UTC',
                })}
                {isCancelled && ` · ${m.show_cancelled_chip()}`}
              </option>
            ))}
          </select>
        </label>
      </div>
      {failure !== undefined && show === undefined && (
        <Notice tone="bad" className="mt-5">
          {failure}
        </Notice>
      )}
      {show === undefined ? (
        <Skeleton className="mt-5 h-96 rounded-panel" />
      ) : (
        <GateDesk key={show.showId} showId={show.showId} />
      )}
    </div>
  )
}
