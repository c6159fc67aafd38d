import type { ShowSummary } from '@greenroom/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../data/api.ts'
import { Button } from '../../design/button.tsx'
import { ConfirmDialog } from '../../design/confirm-dialog.tsx'
import { m } from '../../paraglide/messages.js'
import { readForm } from '../../session/read-form.ts'
import { formatInstant } from '../../text/instants.ts'
import { currentLocale } from '../../text/locale.ts'
import { tellFailure } from '../../text/tell-failure.ts'
import { ReasonField } from './reason-field.tsx'

/** A show that takes place: first the reason is asked for, then whether it is meant. */
export function CancelShow({ show, timeZone }: { show: ShowSummary; timeZone: string }) {
  const queries = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const [reason, setReason] = useState<string>()
  const cancel = useMutation(
    api.boxOffice.cancelShow.mutationOptions({
      onSuccess: () => setReason(undefined),
      onSettled: () => queries.invalidateQueries(),
    }),
  )
  const when = formatInstant(show.startsAtMs, { locale: currentLocale(), timeZone })
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="font-semibold">{when}</span>
        <Button
          size="sm"
          tone="outline"
          aria-expanded={isOpen}
          aria-label={m.cancel_show_named({ when })}
          onClick={() => setOpen(!isOpen)}
        >
          {m.cancel_show()}
        </Button>
      </div>
      {isOpen && (
        <form
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault()
            cancel.reset()
            setReason(readForm(event.currentTarget)('reason').trim())
          }}
        >
          <ReasonField />
          <Button type="submit" tone="bad">
            {m.cancel_show()}
          </Button>
        </form>
      )}
      <ConfirmDialog
        open={reason !== undefined}
        onOpenChange={(open) => {
          if (!open) setReason(undefined)
        }}
        title={m.cancel_show_title({ when })}
        description={m.cancel_show_warning()}
        confirm={m.cancel_show_confirm()}
        busy={cancel.isPending}
        failure={tellFailure(cancel.error)}
        onConfirm={() => {
          if (reason !== undefined) cancel.mutate({ showId: show.showId, reason })
        }}
      />
    </div>
  )
}
