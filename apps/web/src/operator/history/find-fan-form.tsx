import type { FindFanInput } from '@greenroom/contract'
import { Button } from '../../design/button.tsx'
import { fieldLook } from '../../design/field-look.ts'
import { TextField } from '../../design/text-field.tsx'
import { m } from '../../paraglide/messages.js'
import { readForm } from '../../session/read-form.ts'
import { findBys } from './parse-fans-search.ts'

const byName = {
  email: m.find_by_email,
  reservation: m.find_by_reservation,
  ticket: m.find_by_ticket,
  payment: m.find_by_payment,
  fan: m.find_by_fan,
} as const satisfies Record<FindFanInput['by'], unknown>

/** By what the operator has at hand. */
export function FindFanForm(props: {
  asked: FindFanInput
  isBusy: boolean
  onAsk: (asked: FindFanInput) => void
}) {
  return (
    <form
      className="grid items-end gap-4 sm:grid-cols-[14rem_1fr_auto]"
      onSubmit={(event) => {
        event.preventDefault()
        const form = readForm(event.currentTarget)
        const text = form('text').trim()
        const by = findBys.find((each) => each === form('by')) ?? 'email'
        if (text !== '') props.onAsk({ by, text })
      }}
    >
      <label className="block">
        <span className="mb-1.5 block text-sm font-semibold">{m.find_by()}</span>
        <select name="by" className={fieldLook} defaultValue={props.asked.by}>
          {findBys.map((by) => (
            <option key={by} value={by}>
              {byName[by]()}
            </option>
          ))}
        </select>
      </label>
      <TextField
        label={m.find_what()}
        name="text"
        required
        maxLength={254}
        autoComplete="off"
        defaultValue={props.asked.text}
      />
      <Button type="submit" busy={props.isBusy} className="min-h-12">
        {m.search()}
      </Button>
    </form>
  )
}
