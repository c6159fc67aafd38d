import type { ConcertId, LineSteering } from '@greenroom/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { phaseName } from '../concerts/phase-chip.tsx'
import { api } from '../data/api.ts'
import { Button } from '../design/button.tsx'
import { ConfirmDialog } from '../design/confirm-dialog.tsx'
import { Panel } from '../design/panel.tsx'
import { m } from '../paraglide/messages.js'
import { tellFailure } from '../text/tell-failure.ts'
import { TuneForm } from './tune-form.tsx'
import { useSaleChange } from './use-sale-change.ts'

const resume = { action: 'resume', name: m.steer_resume, title: m.steer_resume_title, tone: 'lamp' } as const
const actions = [
  { action: 'open', name: m.steer_open, title: m.steer_open_title, tone: 'lamp' },
  { action: 'pause', name: m.steer_pause, title: m.steer_pause_title, tone: 'lamp' },
  { action: 'drain', name: m.steer_drain, title: m.steer_drain_title, tone: 'lamp' },
  { action: 'close', name: m.steer_close, title: m.steer_close_title, tone: 'bad' },
] as const
type Action = (typeof actions)[number] | typeof resume

/**
 * Opens, pauses, drains or closes the line, gives it back to its clock where something else was said by hand, and sets how many
 * may be inside and how fast they come. Each is asked about once more with what it does at this moment, and audited.
 */
export function SaleControls(props: { concertId: ConcertId; steering: LineSteering | undefined }) {
  const { concertId, steering } = props
  const [asked, setAsked] = useState<Action>()
  const close = (): void => setAsked(undefined)
  const steer = useMutation(api.operator.steerLine.mutationOptions(useSaleChange(close)))
  const ask = (wish: Action): void => {
    steer.reset()
    setAsked(wish)
  }
  return (
    <Panel className="p-6">
      <h2 className="text-lg">{m.steer_title()}</h2>
      <div className="mt-4 grid grid-cols-2 gap-2">
        {steering !== undefined && steering.saidByHand !== null && (
          <Button tone="lamp" className="col-span-2" onClick={() => ask(resume)}>
            {resume.name()}
          </Button>
        )}
        {actions.map((each) => (
          <Button key={each.action} tone="outline" onClick={() => ask(each)}>
            {each.name()}
          </Button>
        ))}
      </div>
      <TuneForm concertId={concertId} />
      {asked !== undefined && (
        <ConfirmDialog
          open
          onOpenChange={close}
          title={asked.title()}
          description={tellEffect(asked.action, steering)}
          confirm={asked.name()}
          tone={asked.tone}
          busy={steer.isPending}
          failure={tellFailure(steer.error)}
          onConfirm={() => steer.mutate({ concertId, action: asked.action })}
        />
      )}
    </Panel>
  )
}

/** What an action does to the line as it is now. */
function tellEffect(action: Action['action'], steering: LineSteering | undefined): string {
  const scheduled = steering?.scheduledPhase
  if (action === 'resume') return m.steer_resume_text({ phase: phaseName(scheduled ?? 'open') })
  if (action === 'pause') return m.steer_pause_text()
  if (action === 'drain') return m.steer_drain_text()
  if (action === 'close') return m.steer_close_text()
  if (scheduled === 'closed') return m.steer_open_late_text()
  return scheduled === 'before' || scheduled === 'lobby' ? m.steer_open_early_text() : m.steer_open_text()
}
