import type { ReactNode } from 'react'
import { m } from '../paraglide/messages.js'
import type { SeatPlan } from '../seat-map/index.ts'
import { SeatSign } from './seat-sign.tsx'
import { tellKind } from '../text/categories.ts'

/** What the map's shapes mean. States differ by shape, so that no colour has to be told apart. */
export function SeatLegend({ plan }: { plan: SeatPlan | undefined }) {
  const kinds = new Set((plan?.kinds ?? []).filter((kind) => kind !== undefined))
  return (
    <ul aria-label={m.legend()} className="flex flex-wrap gap-x-4 gap-y-1.5 text-[0.8125rem] text-soft">
      <Sign name={m.look_available()}>
        <circle cx="8" cy="8" r="6" fill="currentColor" />
      </Sign>
      <Sign name={m.look_selected()}>
        <circle cx="8" cy="8" r="6" fill="currentColor" />
        <path d="m5 8.2 2.1 2.1L11 6.2" stroke="var(--surface)" strokeWidth="1.8" fill="none" />
      </Sign>
      <Sign name={m.look_mine()}>
        <circle cx="8" cy="8" r="6" fill="none" stroke="var(--lamp)" strokeWidth="2.2" />
        <circle cx="8" cy="8" r="2.4" fill="var(--lamp)" />
      </Sign>
      <Sign name={m.look_held()}>
        <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" />
        <path d="m4.2 10.2 6-6M5.8 11.8l6-6" stroke="currentColor" />
      </Sign>
      <Sign name={m.look_sold()}>
        <path d="m5 5 6 6m0-6-6 6" stroke="currentColor" strokeWidth="1.6" />
      </Sign>
      <Sign name={m.look_blocked()}>
        <circle cx="8" cy="8" r="1.8" fill="currentColor" />
      </Sign>
      <Sign name={m.legend_offered()}>
        <circle cx="8" cy="8" r="3.6" fill="currentColor" />
        <circle cx="8" cy="8" r="6.6" fill="none" stroke="currentColor" strokeDasharray="3 2" />
      </Sign>
      <Sign name={m.legend_muted()}>
        <circle cx="8" cy="8" r="6" fill="currentColor" opacity="0.35" />
      </Sign>
      {[...kinds].map((kind) => (
        <li key={kind} className="flex items-center gap-1.5 whitespace-nowrap">
          <SeatSign kind={kind} color="currentColor" />
          {tellKind(kind)}
        </li>
      ))}
    </ul>
  )
}

function Sign({ name, children }: { name: string; children: ReactNode }) {
  return (
    <li className="flex items-center gap-1.5 whitespace-nowrap">
      <svg viewBox="0 0 16 16" aria-hidden="true" className="size-4">
        {children}
      </svg>
      {name}
    </li>
  )
}
