import type { OwnSession } from '@greenroom/contract'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { toast } from 'sonner'
import { api, queryClient } from '../data/api.ts'
import { isRefusal, refusalOf } from '../data/wire-error.ts'
import { Button } from '../design/button.tsx'
import { ConfirmDialog } from '../design/confirm-dialog.tsx'
import { Notice } from '../design/notice.tsx'
import { Skeleton } from '../design/skeleton.tsx'
import { m } from '../paraglide/messages.js'
import { formatInstant } from '../text/instants.ts'
import { useLocale } from '../text/locale.ts'
import { tellRefusal } from '../text/refusals.ts'
import { tellFailure } from '../text/tell-failure.ts'
import { nameDevice } from './device-name.ts'
import { becomeFan } from './me.ts'

/** Where one is signed in: each device can be signed out by itself, or all of them with this one. */
export function DevicesPanel() {
  const { data: sessions, error } = useQuery(api.accounts.sessions.queryOptions())
  return (
    <section aria-labelledby="devices-title" className="px-5 py-5 sm:px-6">
      <h2 id="devices-title" className="text-lg">
        {m.devices()}
      </h2>
      <p className="text-sm text-faint">{m.devices_text()}</p>
      {sessions === undefined && error !== null && (
        <Notice tone="bad" className="mt-4">
          {tellRefusal(refusalOf(error))}
        </Notice>
      )}
      {sessions === undefined && error === null && <Skeleton className="mt-4 h-14" />}
      <ul className="mt-2 divide-y divide-rule/60">
        {sessions?.map((session) => (
          <DeviceRow key={session.sessionId} session={session} />
        ))}
      </ul>
      <SignOutEverywhere />
    </section>
  )
}

function DeviceRow({ session }: { session: OwnSession }) {
  const locale = useLocale()
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  const name = nameDevice(session.userAgent) ?? m.device_unknown()
  const forget = (): void => {
    void queryClient.invalidateQueries({ queryKey: api.accounts.sessions.queryKey() })
  }
  const end = useMutation(
    api.accounts.endSession.mutationOptions({
      onSuccess: () => {
        forget()
        toast.success(m.device_signed_out({ device: name }))
      },
      onError: (error) => {
        forget()
        // it ended meanwhile, which is what was wanted
        if (!isRefusal(error, 'NOT_FOUND')) toast.error(tellRefusal(refusalOf(error)))
      },
    }),
  )
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
      <div className="min-w-0">
        <p className="font-semibold">{name}</p>
        <p className="text-sm text-faint">
          {session.isThis
            ? m.device_this()
            : m.device_since({ at: formatInstant(session.signedInAtMs, { locale, timeZone }) })}
        </p>
      </div>
      {!session.isThis && (
        <Button
          tone="outline"
          size="sm"
          busy={end.isPending}
          aria-label={m.device_sign_out({ device: name })}
          onClick={() => end.mutate({ sessionId: session.sessionId })}
        >
          {m.sign_out()}
        </Button>
      )}
    </li>
  )
}

function SignOutEverywhere() {
  const [isAsking, setAsking] = useState(false)
  const navigate = useNavigate()
  const signOut = useMutation(
    api.accounts.signOutEverywhere.mutationOptions({
      onSuccess: () => {
        becomeFan(null)
        void navigate({ to: '/' })
      },
    }),
  )
  return (
    <>
      <Button tone="outline" className="mt-3" onClick={() => setAsking(true)}>
        {m.sign_out_everywhere()}
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={(next) => {
          setAsking(next)
          signOut.reset()
        }}
        title={m.sign_out_everywhere_title()}
        description={m.sign_out_everywhere_text()}
        confirm={m.sign_out_everywhere()}
        busy={signOut.isPending}
        failure={tellFailure(signOut.error)}
        onConfirm={() => signOut.mutate()}
      />
    </>
  )
}
