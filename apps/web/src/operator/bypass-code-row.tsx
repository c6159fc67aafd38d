import type { BypassCodeListing } from '@greenroom/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { api } from '../data/api.ts'
import { Button } from '../design/button.tsx'
import { classNames } from '../design/class-names.ts'
import { ConfirmDialog } from '../design/confirm-dialog.tsx'
import { m } from '../paraglide/messages.js'
import { tellCount } from '../text/money.ts'
import { tellFailure } from '../text/tell-failure.ts'
import { tellWhen } from './tell-when.ts'

/** One code: for whom, how often it was used, who made it, and the way to end it. */
export function BypassCodeRow({ code }: { code: BypassCodeListing }) {
  const queries = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const revoke = useMutation(
    api.operator.revokeBypassCode.mutationOptions({
      onSuccess: () => {
        setAsking(false)
        toast.success(m.done())
      },
      onSettled: () => queries.invalidateQueries(api.operator.pathFilter()),
    }),
  )
  const name = code.label
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3.5">
      <div className="min-w-0">
        <div
          className={classNames(
            'font-semibold break-words',
            code.revokedAtMs !== null && 'text-faint line-through',
          )}
        >
          {name}
        </div>
        <div className="text-[0.9375rem] text-soft">{tellUses(code)}</div>
        <div className="text-sm break-words text-faint">
          {m.key_made({ email: code.createdByEmail, when: tellWhen(code.createdAtMs) })}
        </div>
      </div>
      {code.revokedAtMs === null ? (
        <Button
          tone="outline"
          size="sm"
          aria-label={m.bypass_code_revoke_named({ name })}
          onClick={() => {
            revoke.reset()
            setAsking(true)
          }}
        >
          {m.bypass_code_revoke()}
        </Button>
      ) : (
        <span className="text-sm font-semibold text-bad">
          {m.bypass_code_revoked({ when: tellWhen(code.revokedAtMs) })}
        </span>
      )}
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={m.bypass_code_revoke_title({ name })}
        description={m.bypass_code_revoke_text()}
        confirm={m.bypass_code_revoke()}
        busy={revoke.isPending}
        failure={tellFailure(revoke.error)}
        onConfirm={() => revoke.mutate({ bypassCodeId: code.bypassCodeId })}
      />
    </li>
  )
}

function tellUses({ uses, maxUses }: BypassCodeListing): string {
  return maxUses === null
    ? m.bypass_code_used_any({ uses: tellCount(uses) })
    : m.bypass_code_used({ uses: tellCount(uses), max: tellCount(maxUses) })
}
