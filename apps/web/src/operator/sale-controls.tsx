import type { ConcertId } from '@greenroom/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { api } from '../data/api.ts'
import { refusalOf } from '../data/wire-error.ts'
import { Button } from '../design/button.tsx'
import { ConfirmDialog } from '../design/confirm-dialog.tsx'
import { Panel } from '../design/panel.tsx'
import { TextField } from '../design/text-field.tsx'
import { m } from '../paraglide/messages.js'
import { readForm } from '../session/read-form.ts'
import { tellRefusal } from '../text/refusals.ts'
import { tellFailure } from '../text/tell-failure.ts'

const actions = [
  { action: 'open', name: m.steer_open },
  { action: 'pause', name: m.steer_pause },
  { action: 'drain', name: m.steer_drain },
  { action: 'close', name: m.steer_close },
] as const

/** Opens, pauses, drains or closes the line, and sets how many may be inside and how fast they come. Each is audited. */
export function SaleControls({ concertId }: { concertId: ConcertId }) {
  const queries = useQueryClient()
  const [isClosing, setClosing] = useState(false)
  const callbacks = {
    onSuccess: () => {
      setClosing(false)
      toast.success(m.done())
    },
    onError: (error: unknown) => toast.error(tellRefusal(refusalOf(error))),
    onSettled: () => queries.invalidateQueries(api.operator.pathFilter()),
  }
  const sale = useQuery(api.operator.overview.queryOptions({ concertId })).data
  const steer = useMutation(api.operator.steerLine.mutationOptions(callbacks))
  const tune = useMutation(api.operator.tuneLine.mutationOptions(callbacks))
  return (
    <Panel className="p-6">
      <h2 className="text-lg">{m.steer_title()}</h2>
      <div className="mt-4 grid grid-cols-2 gap-2">
        {actions.map(({ action, name }) => (
          <Button
            key={action}
            tone="outline"
            busy={steer.isPending && steer.variables.action === action}
            onClick={() => (action === 'close' ? setClosing(true) : steer.mutate({ concertId, action }))}
          >
            {name()}
          </Button>
        ))}
      </div>
      <form
        // filled in once with what holds now, so that changing one number leaves the other as it is
        key={sale === undefined ? 'empty' : 'known'}
        className="mt-6 grid gap-4 border-t border-rule/60 pt-5"
        onSubmit={(event) => {
          event.preventDefault()
          const form = readForm(event.currentTarget)
          const rate = form('rate').trim()
          tune.mutate({
            concertId,
            capacity: Number(form('capacity')),
            ratePerMinute: rate === '' ? null : Number(rate),
          })
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
        <Button type="submit" busy={tune.isPending} disabled={sale === undefined}>
          {m.apply()}
        </Button>
      </form>
      <ConfirmDialog
        open={isClosing}
        onOpenChange={setClosing}
        title={m.steer_close_title()}
        description={m.steer_close_text()}
        confirm={m.steer_close()}
        busy={steer.isPending}
        failure={tellFailure(steer.error)}
        onConfirm={() => steer.mutate({ concertId, action: 'close' })}
      />
    </Panel>
  )
}
