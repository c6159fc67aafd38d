import type { ConcertId } from '@greenroom/contract'
import { useQuery } from '@tanstack/react-query'
import { api } from '../data/api.ts'
import { Button } from '../design/button.tsx'
import { ConfirmDialog } from '../design/confirm-dialog.tsx'
import { Notice } from '../design/notice.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { TextField } from '../design/text-field.tsx'
import { m } from '../paraglide/messages.js'
import { readForm } from '../session/read-form.ts'
import { tellCount } from '../text/money.ts'
import { tellFailure } from '../text/tell-failure.ts'
import { ChangedElsewhere } from './changed-elsewhere.tsx'
import { useLineTuning } from './use-line-tuning.ts'

/** Room and rate as the operator typed them. */
type Tuning = { capacity: number; ratePerMinute: number | null }

/** How many may be inside and how fast they come; of the two what was changed is sent. Asked about once more. */
export function TuneForm({ concertId }: { concertId: ConcertId }) {
  const { data: sale, error } = useQuery({
    ...api.sales.live.queryOptions({ concertId }),
    refetchInterval: 2_000,
  })
  if (sale === undefined)
    return error === null ? (
      <Skeleton className="mt-6 h-56" />
    ) : (
      <Notice tone="bad" className="mt-6">
        {tellFailure(error)}
      </Notice>
    )
  const { capacity, ratePerMinute } = sale
  return <TuneFields concertId={concertId} shown={{ capacity, ratePerMinute }} />
}

function TuneFields({ concertId, shown }: { concertId: ConcertId; shown: Tuning }) {
  const { form, asked, ask, question } = useLineTuning(concertId, shown)
  return (
    <form
      key={form.formKey}
      className="mt-6 grid gap-4 border-t border-rule/60 pt-5"
      onInput={form.noteTyping}
      onSubmit={(event) => {
        event.preventDefault()
        const field = readForm(event.currentTarget)
        const rate = field('rate').trim()
        ask({ capacity: Number(field('capacity')), ratePerMinute: rate === '' ? null : Number(rate) })
      }}
    >
      <TextField
        label={m.capacity()}
        name="capacity"
        type="number"
        min={0}
        inputMode="numeric"
        required
        defaultValue={form.filled.capacity}
      />
      <TextField
        label={m.rate_per_minute()}
        name="rate"
        type="number"
        min={0}
        inputMode="numeric"
        hint={m.rate_hint()}
        defaultValue={form.filled.ratePerMinute ?? undefined}
      />
      <ChangedElsewhere isShown={form.isChangedElsewhere} onTake={form.takeShown}>
        <span className="mt-1 block text-soft">{tellTuning(shown)}</span>
      </ChangedElsewhere>
      <Button type="submit" tone="outline">
        {m.apply()}
      </Button>
      <ConfirmDialog
        {...question}
        title={m.tune_title()}
        description={asked === undefined ? '' : tellChange(asked.change, asked.wish)}
        confirm={m.apply()}
        tone="lamp"
      />
    </form>
  )
}

/** What becomes of what was changed: the other may be another by then. */
function tellChange(change: Partial<Tuning>, wish: Tuning): string {
  const { capacity, ratePerMinute } = change
  if ((capacity === undefined) === (ratePerMinute === undefined)) return tellTuning(wish)
  if (capacity !== undefined) return m.tune_text_capacity({ capacity: tellCount(capacity) })
  return wish.ratePerMinute === null
    ? m.tune_text_any_rate()
    : m.tune_text_rate({ rate: tellCount(wish.ratePerMinute) })
}

function tellTuning({ capacity, ratePerMinute }: Tuning): string {
  return ratePerMinute === null
    ? m.tune_text_unlimited({ capacity: tellCount(capacity) })
    : m.tune_text({ capacity: tellCount(capacity), rate: tellCount(ratePerMinute) })
}
