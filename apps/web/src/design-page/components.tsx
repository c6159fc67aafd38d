import type { LinePhase, ReservationState, Ticket } from '@greenroom/contract'
import { useState } from 'react'
import { PhaseChip } from '../concerts/phase-chip.tsx'
import { Button } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { LampBar } from '../design/lamp-bar.tsx'
import { Notice } from '../design/notice.tsx'
import { Panel } from '../design/panel.tsx'
import { Segments } from '../design/segments.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { TextField } from '../design/text-field.tsx'
import { m } from '../paraglide/messages.js'
import { ReservationStateChip } from '../reservations/reservation-state-chip.tsx'
import { TicketStateChip } from '../tickets/ticket-state-chip.tsx'

export function Buttons() {
  return (
    <div className="grid gap-4">
      {(['lamp', 'outline', 'quiet', 'bad'] as const).map((tone) => (
        <div key={tone} className="flex flex-wrap items-center gap-2">
          <code className="w-18 text-sm text-faint">{tone}</code>
          <Button tone={tone} size="lg">
            {m.to_payment()}
          </Button>
          <Button tone={tone}>{m.to_payment()}</Button>
          <Button tone={tone} size="sm">
            {m.to_payment()}
          </Button>
          <Button tone={tone} disabled>
            {m.to_payment()}
          </Button>
          <Button tone={tone} busy>
            {m.to_payment()}
          </Button>
        </div>
      ))}
    </div>
  )
}

export function Fields() {
  const [theme, setTheme] = useState<'day' | 'night'>('night')
  return (
    <div className="grid gap-5">
      <TextField label={m.name()} name="name" hint={m.name_hint()} />
      <TextField label={m.email()} name="email" defaultValue="fan1@greenroom" error={m.email_fault()} />
      <TextField label={m.category()} name="category" defaultValue="VIP" disabled />
      <Segments
        label={m.theme_label()}
        options={[
          { value: 'day', name: m.theme_day() },
          { value: 'night', name: m.theme_night() },
        ]}
        chosen={theme}
        onChoose={setTheme}
      />
    </div>
  )
}

export function Measures() {
  return (
    <div className="grid gap-4">
      {[0, 0.02, 0.5, 0.98, 1].map((share) => (
        <div key={share} className="grid grid-cols-[3.5rem_1fr] items-center gap-3">
          <span className="text-right text-sm text-soft">{Math.round(share * 100)}%</span>
          <LampBar share={share} lamps={24} />
        </div>
      ))}
      <LampBar share={0.6} lamps={24} size="lg" />
      <LampBar share={0.2} lamps={24} tone="bad" />
    </div>
  )
}

export function Messages() {
  return (
    <div className="grid gap-3">
      <Notice>{m.stock_is_a_hint()}</Notice>
      <Notice tone="lamp">{m.expired_story()}</Notice>
      <Notice
        tone="bad"
        action={
          <Button size="sm" tone="outline">
            {m.try_again()}
          </Button>
        }
      >
        {m.error_no_connection()}
      </Notice>
    </div>
  )
}

const phases: LinePhase[] = ['before', 'lobby', 'open', 'paused', 'draining', 'soldOut', 'closed']
const reservationStates: ReservationState[] = ['HELD', 'PAID', 'EXPIRED', 'RELEASED', 'REFUNDED']
const ticketStates: Ticket['state'][] = ['VALID', 'USED', 'VOID']
const soonMs = 90_000

export function States() {
  const [opensAtMs] = useState(() => Date.now() + soonMs)
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap gap-2">
        {phases.map((phase) => (
          <PhaseChip key={phase} phase={phase} opensAtMs={opensAtMs} />
        ))}
      </div>
      <div className="flex flex-wrap gap-2">
        {reservationStates.map((state) => (
          <ReservationStateChip key={state} state={state} />
        ))}
      </div>
      <div className="flex flex-wrap gap-2">
        {ticketStates.map((state) => (
          <TicketStateChip key={state} ticket={{ state, isCancelled: false }} />
        ))}
      </div>
    </div>
  )
}

export function Surfaces() {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Panel className="p-5">
        <p className="font-semibold">{m.your_seats()}</p>
        <p className="mt-1 text-sm text-soft">{m.not_held_yet()}</p>
      </Panel>
      <Panel className="p-5">
        <Skeleton className="h-6 w-24" />
        <Skeleton className="mt-2 h-5 w-full" />
        <Skeleton className="mt-2 h-5 w-2/3" />
      </Panel>
      <Panel className="sm:col-span-2">
        <EmptyState isPart title={m.no_tickets_title()} action={<Button>{m.to_concerts()}</Button>}>
          {m.no_tickets_text()}
        </EmptyState>
      </Panel>
    </div>
  )
}
