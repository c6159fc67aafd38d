import type { ConcertId, LineMessage } from '@greenroom/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { api } from '../data/api.ts'
import { Button } from '../design/button.tsx'
import { ConfirmDialog } from '../design/confirm-dialog.tsx'
import { TextField } from '../design/text-field.tsx'
import { m } from '../paraglide/messages.js'
import { readForm } from '../session/read-form.ts'
import { tellFailure } from '../text/tell-failure.ts'
import { ChangedElsewhere } from './changed-elsewhere.tsx'
import { useFormBase } from './use-form-base.ts'

/** The message, to be written, replaced or cleared. Asked before, since a whole crowd reads it. */
export function TellLineForm({ concertId, message }: { concertId: ConcertId; message: LineMessage | null }) {
  const queries = useQueryClient()
  const form = useFormBase(message)
  /** What was asked for and is not sent yet; `null`: clearing. */
  const [wish, setWish] = useState<LineMessage | null>()
  const tell = useMutation(
    api.operator.tellLine.mutationOptions({
      onSuccess: (_, { message: sent }) => {
        setWish(undefined)
        form.noteSent(sent, sent !== null)
        toast.success(m.done())
      },
      onSettled: () =>
        Promise.all([
          queries.invalidateQueries(api.operator.pathFilter()),
          queries.invalidateQueries(api.sales.pathFilter()),
        ]),
    }),
  )
  const ask = (next: LineMessage | null): void => {
    tell.reset()
    setWish(next)
  }
  return (
    <>
      <form
        key={form.formKey}
        className="mt-4 grid gap-4"
        onInput={form.noteTyping}
        onSubmit={(event) => {
          event.preventDefault()
          const field = readForm(event.currentTarget)
          ask({ ko: field('ko').trim(), en: field('en').trim() })
        }}
      >
        {(['ko', 'en'] as const).map((language) => (
          <TextField
            key={language}
            label={language === 'ko' ? m.tell_line_ko() : m.tell_line_en()}
            name={language}
            lang={language}
            autoComplete="off"
            required
            maxLength={280}
            defaultValue={form.filled?.[language]}
          />
        ))}
        <ChangedElsewhere isShown={form.isChangedElsewhere} onTake={form.takeShown}>
          <span className="mt-1 block break-words text-soft">{tellShown(message)}</span>
        </ChangedElsewhere>
        <Button type="submit">{m.tell_line_send()}</Button>
        {message !== null && (
          <Button tone="outline" onClick={() => ask(null)}>
            {m.tell_line_clear()}
          </Button>
        )}
      </form>
      <ConfirmDialog
        open={wish !== undefined}
        onOpenChange={(isOpen) => {
          if (!isOpen) setWish(undefined)
        }}
        title={wish === null ? m.tell_line_clear_title() : m.tell_line_title()}
        description={wish === undefined ? '' : tellWish(wish, message)}
        confirm={wish === null ? m.tell_line_clear() : m.tell_line_send()}
        busy={tell.isPending}
        failure={tellFailure(tell.error)}
        onConfirm={() => {
          if (wish !== undefined) tell.mutate({ concertId, message: wish })
        }}
      />
    </>
  )
}

/** What is sent, or, when it is being cleared, what goes away: it may be another's by now. */
function tellWish(wish: LineMessage | null, shown: LineMessage | null): string {
  return wish === null ? tellShown(shown) : `${wish.ko} / ${wish.en}`
}

function tellShown(message: LineMessage | null): string {
  return message === null
    ? m.tell_line_now_nothing()
    : m.tell_line_now({ text: `${message.ko} / ${message.en}` })
}
