import type { ConcertId } from '@greenroom/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { greenroom } from '../data/api.ts'
import { refusalOf } from '../data/wire-error.ts'
import { Button } from '../design/button.tsx'
import { ConfirmDialog } from '../design/dialog.tsx'
import { m } from '../paraglide/messages.js'
import { tellRefusal } from '../text/refusals.ts'

/** Gives the place up, after asking: it cannot be had back. */
export function LeaveButton({ concertId, onLeft }: { concertId: ConcertId; onLeft: () => void }) {
  const [isAsking, setAsking] = useState(false)
  const leave = useMutation({
    mutationFn: () => greenroom.line.leave(concertId),
    onSuccess: () => {
      setAsking(false)
      onLeft()
    },
    onError: (error) => toast.error(tellRefusal(refusalOf(error))),
  })
  return (
    <>
      <Button tone="quiet" size="sm" onClick={() => setAsking(true)}>
        {m.leave_line()}
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={m.leave_title()}
        description={m.leave_text()}
        confirm={m.leave_line()}
        busy={leave.isPending}
        onConfirm={() => leave.mutate()}
      />
    </>
  )
}
