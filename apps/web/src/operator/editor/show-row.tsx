import type { EditorConcertPage } from '@greenroom/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../data/api.ts'
import { Button } from '../../design/button.tsx'
import { TextField } from '../../design/text-field.tsx'
import { m } from '../../paraglide/messages.js'
import { readForm } from '../../session/read-form.ts'
import { formatInstant } from '../../text/instants.ts'
import { useLocale } from '../../text/locale.ts'
import { showFixed } from '../../text/refusals.ts'
import { useConfirmed } from './confirmed.tsx'
import { fromField, latestField, toField } from './zoned-field.ts'

type Show = EditorConcertPage['shows'][number]

/** One date: it may be moved until it begins, and removed while nothing was ever held of it. What it is too late for says why. */
export function ShowRow({ show, timeZone }: { show: Show; timeZone: string }) {
  const { showId, startsAtMs, seatPlanName, seatCount, soldCount, isFixed } = show
  const locale = useLocale()
  const tell = (atMs: number): string => formatInstant(atMs, { locale, timeZone })
  const when = tell(startsAtMs)
  const [isMoving, setMoving] = useState(false)
  const { ask, faultOf, dialog } = useConfirmed()
  const move = useMutation(api.editor.moveShow.mutationOptions())
  const remove = useMutation(api.editor.removeShow.mutationOptions())
  // of a date that is over, or does not take place, one sentence says both
  const reasons = new Set([isFixed.start, isFixed.place].filter((reason) => reason !== null))
  return (
    <li className="grid gap-2 py-2.5">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <span>
          {when}
          <span className="block text-sm text-soft">
            {seatPlanName} · {m.editor_sold_of({ sold: soldCount, seats: seatCount })}
          </span>
        </span>
        <span className="flex gap-2">
          {isFixed.start === null && (
            <Button
              size="sm"
              tone="outline"
              aria-expanded={isMoving}
              aria-label={m.editor_move_show_named({ when })}
              onClick={() => setMoving(!isMoving)}
            >
              {m.editor_move_show()}
            </Button>
          )}
          {isFixed.place === null && (
            <Button
              size="sm"
              tone="outline"
              aria-label={m.editor_remove_show_named({ when })}
              onClick={() =>
                ask({
                  about: m.editor_remove_show_text({ when }),
                  run: () => remove.mutateAsync({ showId }),
                })
              }
            >
              {m.editor_remove_show()}
            </Button>
          )}
        </span>
      </div>
      {[...reasons].map((reason) => (
        <p key={reason} className="text-sm text-faint">
          {showFixed[reason]()}
        </p>
      ))}
      {isMoving && isFixed.start === null && (
        <form
          // anew when it was moved, by whomever
          key={startsAtMs}
          className="flex flex-wrap items-start gap-3"
          onSubmit={(event) => {
            event.preventDefault()
            const text = readForm(event.currentTarget)('startsAtMs')
            const toMs = fromField(text, timeZone)
            // a field knows minutes alone: one that was not touched says what it was
            if (toMs === null || text === toField(startsAtMs, timeZone)) return setMoving(false)
            ask({
              about: m.editor_move_show_text({ from: when, to: tell(toMs) }),
              run: async () => {
                await move.mutateAsync({ showId, fromMs: startsAtMs, startsAtMs: toMs })
                setMoving(false)
              },
            })
          }}
        >
          <TextField
            className="min-w-0 flex-1 basis-52"
            label={m.editor_move_show_at()}
            name="startsAtMs"
            type="datetime-local"
            max={latestField}
            required
            defaultValue={toField(startsAtMs, timeZone)}
            hint={timeZone}
            error={faultOf('startsAtMs')}
          />
          <Button type="submit" className="mt-6.5 min-h-12">
            {m.apply()}
          </Button>
        </form>
      )}
      {dialog}
    </li>
  )
}
