import { TextField } from '../../design/text-field.tsx'
import { m } from '../../paraglide/messages.js'

/** Why money goes back, for the audit. */
export function ReasonField() {
  return (
    <TextField
      label={m.operator_refund_reason()}
      hint={m.operator_refund_reason_hint()}
      name="reason"
      autoComplete="off"
      required
      minLength={3}
      maxLength={500}
    />
  )
}
