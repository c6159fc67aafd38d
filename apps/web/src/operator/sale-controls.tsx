import type { ConcertId } from '@greenroom/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../data/api.ts'
import { Button } from '../design/button.tsx'
import { ConfirmDialog } from '../design/confirm-dialog.tsx'
import { Panel } from '../design/panel.tsx'
import { m } from '../paraglide/messages.js'
import { tellFailure } from '../text/tell-failure.ts'
import { TuneForm } from './tune-form.tsx'
import { useSaleChange } from './use-sale-change.ts'

const actions = [
  { action: 'open', name: m.steer_open, title: m.steer_open_title, text: m.steer_open_text, tone: 'lamp' },
  {
    action: 'pause',
    name: m.steer_pause,
    title: m.steer_pause_title,
    text: m.steer_pause_text,
    tone: 'lamp',
  },
  {
    action: 'drain',
    name: m.steer_drain,
    title: m.steer_drain_title,
    text: m.steer_drain_text,
    tone: 'lamp',
  },
  { action: 'close', name: m.steer_close, title: m.steer_close_title, text: m.steer_close_text, tone: 'bad' },
] as const

/**
 * Opens, pauses, drains or closes the line, and sets how many may be inside and how fast they come. Each is asked about once
 * more, and audited.
 */
export function SaleControls({ concertId }: { concertId: ConcertId }) {
  const [asked, setAsked] = useState<(typeof actions)[number]>()
  const close = (): void => setAsked(undefined)
  const steer = useMutation(api.operator.steerLine.mutationOptions(useSaleChange(close)))
  const ask = (wish: typeof asked): void => {
    steer.reset()
    setAsked(wish)
  }
  return (
    <Panel className="p-6">
      <h2 className="text-lg">{m.steer_title()}</h2>
      <div className="mt-4 grid grid-cols-2 gap-2">
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
          description={asked.text()}
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
