import type { FoundFan } from '@greenroom/contract'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../data/api.ts'
import { Button } from '../../design/button.tsx'
import { ConfirmDialog } from '../../design/confirm-dialog.tsx'
import { m } from '../../paraglide/messages.js'
import { told } from '../../text/locale.ts'
import { tellFailure } from '../../text/tell-failure.ts'
import { ConcertSelect } from '../console/concert-select.tsx'
import { useChosenConcert } from '../console/use-chosen-concert.ts'
import { useSaleChange } from '../use-sale-change.ts'

/** Makes good what went wrong for one fan: lets them in past the line of one sale, with or without a place in it. */
export function LetFanIn({ fan }: { fan: FoundFan }) {
  const chosen = useChosenConcert()
  const [isAsking, setAsking] = useState(false)
  const admit = useMutation(api.operator.admitStaff.mutationOptions(useSaleChange(() => setAsking(false))))
  const { concert } = chosen
  if (concert === undefined) return null
  return (
    <div className="mt-5 flex flex-wrap items-end gap-4">
      <ConcertSelect {...chosen} />
      <Button
        tone="outline"
        className="min-h-12"
        onClick={() => {
          admit.reset()
          setAsking(true)
        }}
      >
        {m.let_in()}
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={m.let_in_title({ name: fan.name, concert: told(concert.title) })}
        description={m.let_in_text()}
        confirm={m.let_in()}
        tone="lamp"
        busy={admit.isPending}
        failure={tellFailure(admit.error)}
        onConfirm={() => admit.mutate({ concertId: concert.concertId, email: fan.email })}
      />
    </div>
  )
}
