import type { EditorConcertPage } from '@greenroom/contract'
import { fieldLook } from '../../design/field-look.ts'
import { TextField } from '../../design/text-field.tsx'
import { m } from '../../paraglide/messages.js'
import { fromField, latestField, toField } from './zoned-field.ts'

type Clock = EditorConcertPage['line']
type Part = keyof Clock['isFixed']

const reasons = {
  lobbyOpened: m.editor_fixed_lobby,
  saleOpened: m.editor_fixed_sale,
  saleClosed: m.editor_fixed_over,
} as const

const times = [
  { name: 'lobbyOpensAtMs', label: m.editor_lobby_opens },
  { name: 'opensAtMs', label: m.editor_sale_opens },
  { name: 'closesAtMs', label: m.editor_sale_closes },
] as const

/** When the line opens and closes, by the venue's clock, and how places are given. What it is too late for says so. */
export function ClockFields(props: {
  clock?: Clock
  /** `null`: not known yet; the venue's, whichever it will be */
  timeZone: string | null
  faultOf: (path: string) => string | undefined
}) {
  const { clock, timeZone, faultOf } = props
  const fixed = (part: Part): string | undefined => {
    const because = clock?.isFixed[part]
    return because === undefined || because === null ? undefined : reasons[because]()
  }
  const modeFault = faultOf('mode') ?? faultOf('line.mode')
  return (
    <>
      <label className="block">
        <span className="mb-1.5 block text-sm font-semibold">{m.editor_order()}</span>
        <select
          name="mode"
          className={fieldLook}
          defaultValue={clock?.mode ?? 'lottery'}
          disabled={fixed('mode') !== undefined}
        >
          <option value="lottery">{m.editor_order_lottery()}</option>
          <option value="fifo">{m.editor_order_fifo()}</option>
        </select>
        {modeFault === undefined ? (
          <span className="mt-1.5 block text-sm text-faint">{fixed('mode')}</span>
        ) : (
          <span role="alert" className="mt-1.5 block text-sm font-medium text-bad">
            {modeFault}
          </span>
        )}
      </label>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(13rem,1fr))] gap-4">
        {times.map(({ name, label }) => (
          <TextField
            key={name}
            label={label()}
            name={name}
            type="datetime-local"
            max={latestField}
            required={name === 'opensAtMs'}
            disabled={fixed(name) !== undefined}
            defaultValue={timeZone === null ? '' : toField(clock?.[name] ?? null, timeZone)}
            hint={fixed(name) ?? timeZone ?? m.editor_venue_clock()}
            error={faultOf(name) ?? faultOf(`line.${name}`)}
          />
        ))}
      </div>
    </>
  )
}

type ClockWish = Pick<Clock, 'mode' | 'lobbyOpensAtMs' | 'closesAtMs'> & { opensAtMs: number | null }

/** What the fields say; a field that is fixed is not in its form, and stays as `clock` has it. */
export function readClockFields(form: HTMLFormElement, timeZone: string, clock?: Clock): ClockWish {
  const data = new FormData(form)
  const timeOf = (part: 'lobbyOpensAtMs' | 'opensAtMs' | 'closesAtMs'): number | null => {
    const text = data.get(part)
    const before = clock?.[part] ?? null
    // a field knows minutes alone: one that was not touched is what it was, to the millisecond
    if (typeof text !== 'string' || text === toField(before, timeZone)) return before
    return fromField(text, timeZone)
  }
  const mode = data.get('mode') ?? clock?.mode
  return {
    mode: mode === 'fifo' ? 'fifo' : 'lottery',
    lobbyOpensAtMs: timeOf('lobbyOpensAtMs'),
    opensAtMs: timeOf('opensAtMs'),
    closesAtMs: timeOf('closesAtMs'),
  }
}
