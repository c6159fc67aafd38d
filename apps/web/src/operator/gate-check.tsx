import { useMutation } from '@tanstack/react-query'
import { api } from '../data/api.ts'
import { refusalOf } from '../data/wire-error.ts'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { Panel } from '../design/panel.tsx'
import { TextField } from '../design/text-field.tsx'
import { m } from '../paraglide/messages.js'
import { readForm } from '../session/read-form.ts'
import { tellRefusal } from '../text/refusals.ts'
import { tellSeat } from '../text/seats.ts'

/** Lets one ticket in by its code. A second time it says so, and lets nobody in. */
export function GateCheck() {
  const admit = useMutation(api.tickets.admit.mutationOptions())
  return (
    <Panel className="p-6">
      <h2 className="text-lg">{m.gate_title()}</h2>
      <form
        className="mt-4 grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          const form = event.currentTarget
          admit.mutate({ code: readForm(form)('code').trim() }, { onSettled: () => form.reset() })
        }}
      >
        <TextField label={m.ticket_code()} name="code" autoComplete="off" required maxLength={1024} />
        <Button type="submit" busy={admit.isPending}>
          {m.gate_admit()}
        </Button>
      </form>
      {admit.isError && (
        <Notice tone="bad" className="mt-4">
          {tellRefusal(refusalOf(admit.error))}
        </Notice>
      )}
      {admit.data && (
        <output className="mt-4 block rounded-control border border-good/60 px-4 py-3">
          <div className="font-semibold text-good">{m.gate_admitted()}</div>
          <div>{tellSeat(admit.data)}</div>
          <div className="text-soft">{admit.data.holderName}</div>
        </output>
      )}
    </Panel>
  )
}
