import type { LiveSale } from '@greenroom/contract'
import { useState } from 'react'
import { Button } from '../../../design/button.tsx'
import { Panel } from '../../../design/panel.tsx'
import { m } from '../../../paraglide/messages.js'
import { roundSpan } from '../../../text/durations.ts'
import { currentLocale } from '../../../text/locale.ts'
import { tellCount } from '../../../text/money.ts'
import { tellSpan } from '../../../text/spans.ts'
import { type Defaults, defaultsOf } from './defaults-of.ts'
import { foreseeLine, type Foresight } from './foresee-line.ts'
import { Slider } from './slider.tsx'

/** What the operator has dragged; the rest is as it is now, and follows it. */
type Dragged = {
  capacity?: number
  meanInsideMinutes?: number
  ratePerMinute?: number | null
  seatsPerFan?: number
}

/** "What if": how long the last in line waits with another capacity, stay or rate. Nothing is changed by it. */
export function WhatIfPanel({ sale }: { sale: LiveSale | undefined }) {
  const defaults = sale && defaultsOf(sale)
  const [dragged, setDragged] = useState<Dragged>({})
  return (
    <Panel className="p-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-lg">{m.what_if()}</h2>
        <Button
          tone="quiet"
          size="sm"
          disabled={Object.keys(dragged).length === 0}
          onClick={() => setDragged({})}
        >
          {m.what_if_reset()}
        </Button>
      </div>
      <p className="mt-1 text-[0.9375rem] text-soft">{m.what_if_text()}</p>
      {defaults === undefined ? (
        <p className="mt-4 text-soft">{m.live_wait_unknown()}</p>
      ) : (
        <Asked defaults={defaults} dragged={dragged} onDrag={(part) => setDragged({ ...dragged, ...part })} />
      )}
    </Panel>
  )
}

function Asked(props: { defaults: Defaults; dragged: Dragged; onDrag: (part: Dragged) => void }) {
  const { defaults, dragged, onDrag } = props
  const { isMeasured, state, ...measured } = defaults
  const wish = { ...measured, ...dragged }
  const mostFans = Math.max(20, 2 * defaults.capacity, wish.capacity)
  const mostRate = Math.max(60, 2 * (defaults.ratePerMinute ?? 0), 2 * defaults.capacity)
  const tellNumber = (value: number): string =>
    value.toLocaleString(currentLocale(), { maximumFractionDigits: 1 })
  return (
    <>
      <div className="mt-4 grid gap-4">
        <Slider
          label={m.capacity()}
          min={0}
          max={mostFans}
          step={1}
          value={wish.capacity}
          told={tellCount(wish.capacity)}
          onChange={(capacity) => onDrag({ capacity })}
        />
        <Slider
          label={m.what_if_inside()}
          min={0.1}
          max={Math.max(20, Math.ceil(defaults.meanInsideMinutes))}
          step={0.1}
          value={wish.meanInsideMinutes}
          told={m.what_if_minutes({ count: tellNumber(wish.meanInsideMinutes) })}
          onChange={(meanInsideMinutes) => onDrag({ meanInsideMinutes })}
        />
        <Slider
          label={m.rate_per_minute()}
          min={0}
          max={mostRate}
          step={1}
          value={wish.ratePerMinute ?? mostRate}
          told={wish.ratePerMinute === null ? m.no_limit() : tellCount(wish.ratePerMinute)}
          onChange={(rate) => onDrag({ ratePerMinute: rate >= mostRate ? null : rate })}
        />
        <Slider
          label={m.what_if_seats()}
          min={0}
          max={Math.max(4, Math.ceil(defaults.seatsPerFan))}
          step={0.1}
          value={wish.seatsPerFan}
          told={tellNumber(wish.seatsPerFan)}
          onChange={(seatsPerFan) => onDrag({ seatsPerFan })}
        />
      </div>
      <output className="mt-5 block border-t border-rule/60 pt-4">
        <Told foresight={foreseeLine(state, wish)} waiting={state.waiting} />
      </output>
      {!isMeasured && <p className="mt-2 text-sm text-faint">{m.what_if_unmeasured()}</p>}
    </>
  )
}

function Told({ foresight, waiting }: { foresight: Foresight; waiting: number }) {
  const { lastInMinutes, leftOut, limit, perMinute } = foresight
  const each = perMinute.toLocaleString(currentLocale(), { maximumFractionDigits: 1 })
  const span = lastInMinutes === null ? '' : tellSpan(roundSpan(lastInMinutes * 60_000))
  return (
    <>
      <span className="block text-xl font-bold tracking-[-0.02em]">
        {waiting === 0
          ? m.what_if_nobody()
          : lastInMinutes === null
            ? m.what_if_never()
            : lastInMinutes === 0
              ? m.what_if_at_once()
              : m.what_if_last({ span })}
      </span>
      <span className="mt-1 block text-[0.9375rem] text-soft">
        {limit === 'rate' ? m.what_if_by_rate({ count: each }) : m.what_if_by_room({ count: each })}
      </span>
      {leftOut > 0 && (
        <span className="mt-1 block text-[0.9375rem] font-medium text-bad">
          {m.what_if_left_out({ count: tellCount(leftOut) })}
        </span>
      )}
    </>
  )
}
