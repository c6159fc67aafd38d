import { useQuery } from '@tanstack/react-query'
import { api } from '../../data/api.ts'
import { Button } from '../../design/button.tsx'
import { fieldLook } from '../../design/field-look.ts'
import { TextField } from '../../design/text-field.tsx'
import { m } from '../../paraglide/messages.js'
import { readForm } from '../../session/read-form.ts'

export type AuditFilter = {
  text?: string
  actorEmail?: string
  action?: string
  by?: 'operators' | 'partners'
  fromMs?: number
  toMs?: number
}

const bys = ['operators', 'partners'] as const
const byName = { operators: m.audit_by_operators, partners: m.audit_by_partners }

/** By words, who, what and when; asked when the form is sent. */
export function AuditFilterForm({ onAsk }: { onAsk: (filter: AuditFilter) => void }) {
  const actions = useQuery({ ...api.history.auditActions.queryOptions(), staleTime: 60_000 }).data
  return (
    <form
      className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3"
      onSubmit={(event) => {
        event.preventDefault()
        onAsk(readFilter(event.currentTarget))
      }}
      onReset={() => onAsk({})}
    >
      <TextField label={m.audit_words()} name="text" maxLength={100} hint={m.audit_words_hint()} />
      <TextField label={m.audit_actor()} name="actorEmail" maxLength={100} inputMode="email" />
      <label className="block">
        <span className="mb-1.5 block text-sm font-semibold">{m.audit_action()}</span>
        <select name="action" className={fieldLook}>
          <option value="">{m.audit_any()}</option>
          {actions?.map((action) => (
            <option key={action}>{action}</option>
          ))}
        </select>
      </label>
      <label className="block">
        <span className="mb-1.5 block text-sm font-semibold">{m.audit_by()}</span>
        <select name="by" className={fieldLook}>
          <option value="">{m.audit_any()}</option>
          {bys.map((by) => (
            <option key={by} value={by}>
              {byName[by]()}
            </option>
          ))}
        </select>
      </label>
      <TextField label={m.audit_from()} name="from" type="datetime-local" />
      <TextField label={m.audit_to()} name="to" type="datetime-local" />
      <div className="flex gap-2 sm:col-span-2 lg:col-span-3">
        <Button type="submit">{m.search()}</Button>
        <Button type="reset" tone="quiet">
          {m.audit_everything()}
        </Button>
      </div>
    </form>
  )
}

function readFilter(form: HTMLFormElement): AuditFilter {
  const field = readForm(form)
  const text = (name: string): string | undefined => field(name).trim() || undefined
  const instant = (name: string): number | undefined => {
    const atMs = new Date(field(name)).getTime()
    return Number.isNaN(atMs) ? undefined : atMs
  }
  const by = bys.find((each) => each === field('by'))
  const all = {
    text: text('text'),
    actorEmail: text('actorEmail'),
    action: text('action'),
    by,
    fromMs: instant('from'),
    toMs: instant('to'),
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}
