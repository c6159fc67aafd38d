import type { ShowId } from '@greenroom/contract'
import { useQuery } from '@tanstack/react-query'
import { Camera, CameraOff } from 'lucide-react'
import { useRef, useState } from 'react'
import { api } from '../../data/api.ts'
import { Button } from '../../design/button.tsx'
import { Notice } from '../../design/notice.tsx'
import { TextField } from '../../design/text-field.tsx'
import { m } from '../../paraglide/messages.js'
import { readForm } from '../../session/read-form.ts'
import { tellCount } from '../../text/money.ts'
import { GateCamera } from './gate-camera.tsx'
import { tellWhen } from '../tell-when.ts'
import { tellVerdict } from './tell-answer.ts'
import { useGate } from './use-gate.ts'
import { VerdictPanel } from './verdict-panel.tsx'

/** The newest that the page tells one by one. */
const mostLate = 50

/** One gate at work: the answer large above, below it the camera and the field that a scanner types into. */
export function GateDesk({ showId }: { showId: ShowId }) {
  const [hasCamera, setCamera] = useState(false)
  const [hasSound, setSound] = useState(true)
  const gate = useGate(showId, hasSound)
  const form = useRef<HTMLFormElement>(null)
  const count = useQuery({
    ...api.boxOffice.gateCount.queryOptions({ showId }),
    refetchInterval: 5_000,
  }).data?.admitted
  return (
    <div className="mt-5 grid gap-5">
      {gate.isOffline && <Notice tone="bad">{m.gate_is_offline()}</Notice>}
      <VerdictPanel answer={gate.answer} nth={gate.nth} isAsking={gate.isAsking} />
      {hasCamera && <GateCamera onCode={gate.scan} />}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Button tone={hasCamera ? 'outline' : 'lamp'} size="lg" onClick={() => setCamera(!hasCamera)}>
          {hasCamera ? <CameraOff aria-hidden="true" /> : <Camera aria-hidden="true" />}
          {hasCamera ? m.gate_camera_off() : m.gate_camera_on()}
        </Button>
        <label className="flex min-h-11 items-center gap-3">
          <input
            type="checkbox"
            className="size-5 accent-lamp"
            checked={hasSound}
            onChange={(event) => setSound(event.currentTarget.checked)}
          />
          {m.gate_sound()}
        </label>
        {count !== undefined && (
          <span className="font-semibold">{m.gate_count({ count: tellCount(count) })}</span>
        )}
      </div>
      <form
        ref={form}
        className="grid items-start gap-4 sm:grid-cols-[1fr_auto]"
        onSubmit={(event) => {
          event.preventDefault()
          gate.scan(readForm(event.currentTarget)('code'))
          // the next one is typed into the same field
          form.current?.reset()
          form.current?.querySelector('input')?.focus()
        }}
      >
        <TextField
          label={m.gate_code()}
          hint={m.gate_code_hint()}
          name="code"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          required
          maxLength={1_024}
        />
        <Button type="submit" className="min-h-12 sm:mt-6.5">
          {m.gate_check()}
        </Button>
      </form>
      {gate.kept.count > 0 && <Notice>{m.gate_kept({ count: gate.kept.count })}</Notice>}
      {gate.kept.late.length > 0 && (
        <Notice tone="bad">
          <p className="font-semibold">{m.gate_late({ count: gate.kept.late.length })}</p>
          <ul className="mt-1 text-sm">
            {gate.kept.late.slice(0, mostLate).map(({ key, ticketId, atMs, verdict }) => (
              <li key={key}>
                {m.gate_late_line({ number: ticketId, when: tellWhen(atMs), what: tellVerdict(verdict) })}
              </li>
            ))}
          </ul>
          {/* below: beside them it leaves a phone no room for the lines */}
          <Button size="sm" tone="outline" className="mt-3" onClick={gate.kept.dismiss}>
            {m.gate_late_dismiss()}
          </Button>
        </Notice>
      )}
    </div>
  )
}
