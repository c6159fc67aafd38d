import type { AdmissionPace, ConcertId, PaceReason } from '@greenroom/contract'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../data/api.ts'
import { LampBar } from '../../design/lamp-bar.tsx'
import { Panel } from '../../design/panel.tsx'
import { m } from '../../paraglide/messages.js'
import { tellCount } from '../../text/money.ts'
import { Age } from './age.tsx'
import { PaceForm } from './pace-form.tsx'

const reasons: Record<PaceReason, () => string> = {
  starting: m.pace_starting,
  rising: m.pace_rising,
  ceiling: m.pace_ceiling,
  latency: m.pace_latency,
  pool: m.pace_pool,
  settling: m.pace_settling,
  holding: m.pace_holding,
  frozen: m.pace_frozen,
  blind: m.pace_blind,
}

/** Load-aware admission: how many it lets in a minute between its floor and the operator's ceiling, and why. */
export function PacePanel({ concertId }: { concertId: ConcertId }) {
  const pace = useQuery({
    ...api.operator.admissionPace.queryOptions({ concertId }),
    refetchInterval: 2_000,
  }).data
  if (pace === undefined) return null
  const { ceilingPerMinute, current, floorPerMinute, isOn, targetP95Ms } = pace
  // no room inside, or a rate of none: not a ceiling that there would be more room above
  const isShut = ceilingPerMinute === 0
  const span = Math.max(1, ceilingPerMinute - floorPerMinute)
  return (
    <Panel className="p-6">
      <div className="flex items-baseline justify-between gap-4">
        <h2 className="text-lg">{m.pace_title()}</h2>
        {isOn && current !== null && <Age asOfMs={current.decidedAtMs} />}
      </div>
      {!isOn && <p className="mt-2 text-soft">{m.pace_off()}</p>}
      {isOn && current === null && <p className="mt-2 text-soft">{m.pace_not_yet()}</p>}
      {isOn && current !== null && (
        <>
          <p className="mt-2 text-2xl font-bold tracking-[-0.02em]">
            {m.people_per_minute({ count: tellCount(Math.round(current.perMinute)) })}
          </p>
          <p className="mt-1 text-[0.9375rem] text-soft">{isShut ? m.pace_shut() : reasons[current.why]()}</p>
          <LampBar share={(current.perMinute - floorPerMinute) / span} lamps={24} className="mt-4" />
        </>
      )}
      <dl className="mt-4 grid grid-cols-3 gap-x-4 text-[0.9375rem]">
        <Bound term={m.pace_floor()} value={tellCount(floorPerMinute)} />
        <Bound term={m.pace_most()} value={tellCeiling(pace)} />
        <Bound term={m.pace_target()} value={m.milliseconds({ count: tellCount(targetP95Ms) })} />
      </dl>
      <PaceForm concertId={concertId} pace={pace} />
    </Panel>
  )
}

/** Off and without a rate there is none but the room. */
function tellCeiling({ isOn, ratePerMinute, ceilingPerMinute }: AdmissionPace): string {
  if (ceilingPerMinute === 0) return m.pace_nobody()
  return !isOn && ratePerMinute === null ? m.no_limit() : tellCount(ceilingPerMinute)
}

function Bound({ term, value }: { term: string; value: string }) {
  return (
    <div className="flex flex-col">
      <dt className="text-sm text-faint">{term}</dt>
      <dd className="mt-auto font-semibold">{value}</dd>
    </div>
  )
}
