import type { ConcertId, LinePhase, LineStatus } from '@greenroom/contract'
import { useMutation } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect } from 'react'
import { toast } from 'sonner'
import { isJoinable, phaseName } from '../concerts/phase-chip.tsx'
import { greenroom } from '../data/api.ts'
import { refusalOf } from '../data/wire-error.ts'
import { Button } from '../design/button.tsx'
import { m } from '../paraglide/messages.js'
import { formatInstant } from '../text/instants.ts'
import { currentLocale } from '../text/locale.ts'
import { tellRefusal } from '../text/refusals.ts'

const route = getRouteApi('/concerts/$concertId/line')

/** For a fan who is not in the line: the way in, or why there is none. Who asked for it before signing in is put in at once. */
export function JoinCall(props: {
  concertId: ConcertId
  phase: LinePhase
  status: LineStatus | undefined
  timeZone: string | undefined
  onJoined: () => void
}) {
  const join = useMutation({
    mutationFn: () => greenroom.line.join(props.concertId),
    onSuccess: props.onJoined,
    onError: (error) => toast.error(tellRefusal(refusalOf(error))),
  })
  const { join: isAsked } = route.useSearch()
  const navigate = route.useNavigate()
  const { mutate, isIdle } = join
  useEffect(() => {
    if (isAsked !== true || !isIdle || !isJoinable(props.phase)) return
    mutate()
    void navigate({ search: {}, replace: true })
  }, [isAsked, isIdle, props.phase, mutate, navigate])
  const opensAtMs = props.status?.lobbyOpensAtMs ?? props.status?.opensAtMs
  return (
    <>
      <h1 className="text-[clamp(2rem,7vw,3.5rem)] font-extrabold">
        {isJoinable(props.phase) ? m.not_in_line() : phaseName(props.phase)}
      </h1>
      {isJoinable(props.phase) && (
        <>
          <p className="mt-4 max-w-[36ch] text-lg text-cream/85">
            {props.phase === 'lobby' ? m.join_lobby_hint() : m.join_line_hint()}
          </p>
          <Button size="lg" className="mt-7 min-w-56" busy={join.isPending} onClick={() => join.mutate()}>
            {props.phase === 'lobby' ? m.join_lobby() : m.join_line()}
          </Button>
        </>
      )}
      {props.phase === 'before' && opensAtMs !== undefined && props.timeZone !== undefined && (
        <p className="mt-4 text-lg text-cream/85">
          {m.opens_at({
            at: formatInstant(opensAtMs, { locale: currentLocale(), timeZone: props.timeZone }),
          })}
        </p>
      )}
    </>
  )
}
