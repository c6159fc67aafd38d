import type { ConcertId, LineMessage } from '@greenroom/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { api } from '../data/api.ts'
import { Button } from '../design/button.tsx'
import { ConfirmDialog } from '../design/confirm-dialog.tsx'
import { Panel } from '../design/panel.tsx'
import { TextField } from '../design/text-field.tsx'
import { m } from '../paraglide/messages.js'
import { readForm } from '../session/read-form.ts'
import { tellFailure } from '../text/tell-failure.ts'

/** What everybody in the line is told, in both languages, until it is cleared. Asked before, since a whole crowd reads it. */
export function TellLinePanel(props: { concertId: ConcertId; message: LineMessage | undefined }) {
  const { concertId, message } = props
  const queries = useQueryClient()
  /** What was asked for and is not sent yet; `null`: clearing. */
  const [wish, setWish] = useState<LineMessage | null>()
  const tell = useMutation(
    api.operator.tellLine.mutationOptions({
      onSuccess: () => {
        setWish(undefined)
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
    <Panel className="p-6">
      <h2 className="text-lg">{m.tell_line()}</h2>
      <p className="mt-1.5 text-sm text-faint">{m.tell_line_text()}</p>
      <form
        // filled in anew when it is another message that is shown, never while one writes
        key={JSON.stringify(message)}
        className="mt-4 grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          const form = readForm(event.currentTarget)
          ask({ ko: form('ko').trim(), en: form('en').trim() })
        }}
      >
        <TextField
          label={m.tell_line_ko()}
          name="ko"
          lang="ko"
          autoComplete="off"
          required
          maxLength={280}
          defaultValue={message?.ko}
        />
        <TextField
          label={m.tell_line_en()}
          name="en"
          lang="en"
          autoComplete="off"
          required
          maxLength={280}
          defaultValue={message?.en}
        />
        <Button type="submit">{m.tell_line_send()}</Button>
        {message !== undefined && (
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
        description={wish === null || wish === undefined ? m.tell_line_text() : `${wish.ko} / ${wish.en}`}
        confirm={wish === null ? m.tell_line_clear() : m.tell_line_send()}
        busy={tell.isPending}
        failure={tellFailure(tell.error)}
        onConfirm={() => {
          if (wish !== undefined) tell.mutate({ concertId, message: wish })
        }}
      />
    </Panel>
  )
}
