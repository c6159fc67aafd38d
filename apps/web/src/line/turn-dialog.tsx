import type { ConcertId, Entry } from '@greenroom/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { useServerNow } from '../clock/use-server-now.ts'
import { greenroom } from '../data/api.ts'
import { refusalOf } from '../data/wire-error.ts'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { LampBar } from '../design/lamp-bar.tsx'
import { m } from '../paraglide/messages.js'
import { formatCountdown } from '../text/durations.ts'
import { tellRefusal } from '../text/refusals.ts'

/** The door is open for a short while: the time left, and one button. It cannot be put aside by mistake. */
export function TurnDialog(props: {
  concertId: ConcertId
  offer: Entry & { state: 'offered' }
  onChange: () => void
}) {
  const nowMs = useServerNow(250)
  const leftMs = props.offer.claimBeforeMs - nowMs
  const [windowMs] = useState(() => Math.max(1, props.offer.claimBeforeMs - props.offer.asOfMs))
  const enter = useMutation({
    mutationFn: () => greenroom.line.enter(props.concertId, props.offer.pass),
    onSuccess: props.onChange,
    onError: (error) => {
      toast.error(tellRefusal(refusalOf(error)))
      props.onChange()
    },
  })
  return (
    <Dialog open onOpenChange={() => undefined} title={m.turn_title()} description={m.turn_text()}>
      <p className="mt-6 text-center text-7xl font-extrabold tracking-[-0.05em]" aria-hidden="true">
        {formatCountdown(leftMs)}
      </p>
      <LampBar
        share={leftMs / windowMs}
        lamps={24}
        tone={leftMs < 10_000 ? 'bad' : 'lamp'}
        className="mt-5"
      />
      <Button size="lg" className="mt-6 w-full" busy={enter.isPending} onClick={() => enter.mutate()}>
        {m.enter_now()}
      </Button>
    </Dialog>
  )
}
