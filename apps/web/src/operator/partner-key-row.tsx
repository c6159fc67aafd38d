import type { ConcertSummary, PartnerKey } from '@greenroom/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { api } from '../data/api.ts'
import { Button } from '../design/button.tsx'
import { classNames } from '../design/class-names.ts'
import { ConfirmDialog } from '../design/confirm-dialog.tsx'
import { m } from '../paraglide/messages.js'
import { told } from '../text/locale.ts'
import { tellCount } from '../text/money.ts'
import { tellFailure } from '../text/tell-failure.ts'
import { tellWhen } from './tell-when.ts'

/** One key: whose, what it opens, when it was used, and the way to end it. */
export function PartnerKeyRow(props: { partnerKey: PartnerKey; concerts: ConcertSummary[] | undefined }) {
  const { partnerKey: key } = props
  const queries = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const revoke = useMutation(
    api.partners.revokeKey.mutationOptions({
      onSuccess: () => {
        setAsking(false)
        toast.success(m.done())
      },
      onSettled: () => queries.invalidateQueries(api.partners.pathFilter()),
    }),
  )
  const isRevoked = key.revokedAtMs !== null
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3.5">
      <div className="min-w-0">
        <div className={classNames('font-semibold break-words', isRevoked && 'text-faint line-through')}>
          {key.name}
        </div>
        <div className="text-[0.9375rem] text-soft">
          {tellConcerts(key, props.concerts)} · {m.key_rate_value({ count: tellCount(key.ratePerMinute) })}
        </div>
        <div className="text-sm text-faint">
          {m.key_made({ email: key.createdByEmail, when: tellWhen(key.createdAtMs) })} ·{' '}
          {key.lastUsedAtMs === null
            ? m.key_never_used()
            : m.key_last_used({ when: tellWhen(key.lastUsedAtMs) })}
        </div>
      </div>
      {key.revokedAtMs === null ? (
        <Button
          tone="outline"
          size="sm"
          aria-label={m.key_revoke_named({ name: key.name })}
          onClick={() => {
            revoke.reset()
            setAsking(true)
          }}
        >
          {m.key_revoke()}
        </Button>
      ) : (
        <span className="text-sm font-semibold text-bad">
          {m.key_revoked({ when: tellWhen(key.revokedAtMs) })}
        </span>
      )}
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={m.key_revoke_title({ name: key.name })}
        description={m.key_revoke_text()}
        confirm={m.key_revoke()}
        busy={revoke.isPending}
        failure={tellFailure(revoke.error)}
        onConfirm={() => revoke.mutate({ partnerKeyId: key.partnerKeyId })}
      />
    </li>
  )
}

function tellConcerts({ concertIds }: PartnerKey, concerts: ConcertSummary[] | undefined): string {
  if (concertIds === null) return m.key_all_concerts()
  const titleOf = (id: number): string => {
    const concert = concerts?.find((each) => each.concertId === id)
    return concert === undefined ? `#${id}` : told(concert.title)
  }
  return concertIds.map(titleOf).join(', ')
}
