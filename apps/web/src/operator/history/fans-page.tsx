import type { AccountId, ConcertId } from '@greenroom/contract'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { api } from '../../data/api.ts'
import { Notice } from '../../design/notice.tsx'
import { Panel } from '../../design/panel.tsx'
import { useTitle } from '../../design/use-title.ts'
import { m } from '../../paraglide/messages.js'
import { told } from '../../text/locale.ts'
import { tellFailure } from '../../text/tell-failure.ts'
import { tellWhen } from '../tell-when.ts'
import { FindFanForm } from './find-fan-form.tsx'
import { LetFanIn } from './let-fan-in.tsx'
import { Timeline } from './timeline.tsx'

/** What happened to one fan, from signing up to the gate: why a seat was lost, where the money is. */
export function FansPage() {
  useTitle(m.fans_title())
  const { by, of } = useSearch({ from: '/console/admin/fans' })
  const navigate = useNavigate()
  const isAsked = by !== undefined && of !== undefined
  const found = useQuery({
    ...api.history.findFan.queryOptions({ by: by ?? 'email', text: of ?? '-' }),
    enabled: isAsked,
  })
  const concerts = useQuery(api.catalogue.concerts.queryOptions()).data
  const titleOf = (id: ConcertId): string => {
    const concert = concerts?.find(({ concertId }) => concertId === id)
    return concert === undefined ? `#${id}` : told(concert.title)
  }
  const failure = isAsked ? tellFailure(found.error) : undefined
  const fan = isAsked ? found.data : undefined
  return (
    <div className="page py-8">
      <h1 className="text-3xl">{m.fans_title()}</h1>
      <p className="mt-2 max-w-2xl text-soft">{m.fans_text()}</p>
      <Panel className="mt-6 p-6">
        <search>
          <FindFanForm
            key={`${by} ${of}`}
            asked={{ by: by ?? 'email', text: of ?? '' }}
            isBusy={isAsked && found.isFetching}
            onAsk={(asked) =>
              void navigate({ to: '.', search: (old) => ({ ...old, by: asked.by, of: asked.text }) })
            }
          />
        </search>
        {failure !== undefined && (
          <Notice tone="bad" className="mt-5">
            {failure}
          </Notice>
        )}
      </Panel>
      {fan !== undefined && (
        <Panel className="mt-6 p-6">
          <h2 className="text-lg break-words">
            {fan.name} <span className="font-normal break-all text-soft">{fan.email}</span>
          </h2>
          <p className="text-sm text-faint">
            {m.fan_number({ id: fan.fanId })} · {m.fan_signed_up({ when: tellWhen(fan.signedUpAtMs) })}
          </p>
          <LetFanIn key={`in ${fan.fanId}`} fan={fan} />
          <Timeline key={fan.fanId} fanId={fan.fanId satisfies AccountId} titleOf={titleOf} />
        </Panel>
      )}
    </div>
  )
}
