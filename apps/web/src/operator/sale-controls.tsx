import type { ConcertId } from '@greenroom/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { api } from '../data/api.ts'
import { Button } from '../design/button.tsx'
import { ConfirmDialog } from '../design/confirm-dialog.tsx'
import { Panel } from '../design/panel.tsx'
import { TextField } from '../design/text-field.tsx'
import { m } from '../paraglide/messages.js'
import { readForm } from '../session/read-form.ts'
import { tellCount } from '../text/money.ts'
import { tellFailure } from '../text/tell-failure.ts'

const actions = [
  { action: 'open', name: m.steer_open, title: m.steer_open_title, text: m.steer_open_text, tone: 'lamp' },
  {
    action: 'pause',
    name: m.steer_pause,
    title: m.steer_pause_title,
    text: m.steer_pause_text,
    tone: 'lamp',
  },
  {
    action: 'drain',
    name: m.steer_drain,
    title: m.steer_drain_title,
    text: m.steer_drain_text,
    tone: 'lamp',
  },
  { action: 'close', name: m.steer_close, title: m.steer_close_title, text: m.steer_close_text, tone: 'bad' },
] as const

/** Room and rate as the operator typed them. */
type Tuning = { capacity: number; ratePerMinute: number | null }

/**
 * Opens, pauses, drains or closes the line, and sets how many may be inside and how fast they come. Each is asked about once
 * more, and audited.
 */
export function SaleControls({ concertId }: { concertId: ConcertId }) {
  const [asked, setAsked] = useState<(typeof actions)[number] | Tuning>()
  const close = (): void => setAsked(undefined)
  const change = useChange(close)
  const steer = useMutation(api.operator.steerLine.mutationOptions(change))
  const tune = useMutation(api.operator.tuneLine.mutationOptions(change))
  const ask = (wish: typeof asked): void => {
    steer.reset()
    tune.reset()
    setAsked(wish)
  }
  const dialog = { open: true, onOpenChange: close }
  return (
    <Panel className="p-6">
      <h2 className="text-lg">{m.steer_title()}</h2>
      <div className="mt-4 grid grid-cols-2 gap-2">
        {actions.map((each) => (
          <Button key={each.action} tone="outline" onClick={() => ask(each)}>
            {each.name()}
          </Button>
        ))}
      </div>
      <TuneForm concertId={concertId} onAsk={ask} />
      {asked !== undefined && 'action' in asked && (
        <ConfirmDialog
          {...dialog}
          title={asked.title()}
          description={asked.text()}
          confirm={asked.name()}
          tone={asked.tone}
          busy={steer.isPending}
          failure={tellFailure(steer.error)}
          onConfirm={() => steer.mutate({ concertId, action: asked.action })}
        />
      )}
      {asked !== undefined && 'capacity' in asked && (
        <ConfirmDialog
          {...dialog}
          title={m.tune_title()}
          description={tellTuning(asked)}
          confirm={m.apply()}
          tone="lamp"
          busy={tune.isPending}
          failure={tellFailure(tune.error)}
          onConfirm={() => tune.mutate({ concertId, ...asked })}
        />
      )}
    </Panel>
  )
}

/** What follows a change, be it done or refused; a refusal is told in the dialog, which stays. */
function useChange(onDone: () => void) {
  const queries = useQueryClient()
  return {
    onSuccess: () => {
      onDone()
      toast.success(m.done())
    },
    onSettled: async () => {
      await Promise.all([
        queries.invalidateQueries(api.operator.pathFilter()),
        queries.invalidateQueries(api.sales.live.pathFilter()),
      ])
    },
  }
}

function tellTuning({ capacity, ratePerMinute }: Tuning): string {
  return ratePerMinute === null
    ? m.tune_text_unlimited({ capacity: tellCount(capacity) })
    : m.tune_text({ capacity: tellCount(capacity), rate: tellCount(ratePerMinute) })
}

function TuneForm({ concertId, onAsk }: { concertId: ConcertId; onAsk: (tuning: Tuning) => void }) {
  const sale = useQuery(api.operator.overview.queryOptions({ concertId })).data
  return (
    <form
      // filled in once with what holds now, so that changing one number leaves the other as it is
      key={sale === undefined ? 'empty' : 'known'}
      className="mt-6 grid gap-4 border-t border-rule/60 pt-5"
      onSubmit={(event) => {
        event.preventDefault()
        const form = readForm(event.currentTarget)
        const rate = form('rate').trim()
        onAsk({ capacity: Number(form('capacity')), ratePerMinute: rate === '' ? null : Number(rate) })
      }}
    >
      <TextField
        label={m.capacity()}
        name="capacity"
        type="number"
        min={0}
        inputMode="numeric"
        required
        defaultValue={sale?.progress.capacity}
      />
      <TextField
        label={m.rate_per_minute()}
        name="rate"
        type="number"
        min={0}
        inputMode="numeric"
        hint={m.rate_hint()}
        defaultValue={sale?.ratePerMinute ?? undefined}
      />
      <Button type="submit" disabled={sale === undefined}>
        {m.apply()}
      </Button>
    </form>
  )
}
