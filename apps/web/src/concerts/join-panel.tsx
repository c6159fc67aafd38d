import type { ConcertPage } from '@greenroom/contract'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ChallengeView } from '../challenge/challenge-view.tsx'
import { greenroom } from '../data/api.ts'
import { isRefusal, refusalOf } from '../data/wire-error.ts'
import { Button } from '../design/button.tsx'
import { Notice } from '../design/notice.tsx'
import { m } from '../paraglide/messages.js'
import { tellOpening } from '../text/instants.ts'
import { currentLocale } from '../text/locale.ts'
import { tellRefusal } from '../text/refusals.ts'
import { joinHint } from './join-hint.ts'
import { isJoinable, phaseName } from './phase-chip.tsx'

/** The way into the line. On a phone it stays at the thumb. Joining again finds the same place. */
export function JoinPanel({ concert }: { concert: ConcertPage }) {
  const { concertId } = concert
  const navigate = useNavigate()
  const join = useMutation({
    mutationFn: () => greenroom.line.join(concertId),
    onSuccess: () => navigate({ to: '/concerts/$concertId/line', params: { concertId } }),
    onError: (error) => {
      if (isRefusal(error, 'SIGN_IN_REQUIRED'))
        void navigate({ to: '/sign-in', search: { to: `/concerts/${concertId}/line?join=true` } })
    },
  })
  const failure = join.isError && !isRefusal(join.error, 'SIGN_IN_REQUIRED')
  return (
    <div className="fixed inset-x-0 bottom-0 z-20 border-t border-rule/60 bg-ground/94 px-4 pt-4 pb-[max(1rem,env(safe-area-inset-bottom))] backdrop-blur-md lg:static lg:mt-8 lg:border-0 lg:bg-transparent lg:p-0 lg:backdrop-blur-none">
      {failure && (
        <Notice tone="bad" className="mb-3">
          {tellRefusal(refusalOf(join.error))}
        </Notice>
      )}
      {isJoinable(concert.phase) ? (
        <Button
          size="lg"
          tone={concert.phase === 'soldOut' ? 'outline' : 'lamp'}
          className="w-full"
          busy={join.isPending}
          onClick={() => join.mutate()}
        >
          {concert.phase === 'lobby' ? m.join_lobby() : m.join_line()}
        </Button>
      ) : (
        <Button size="lg" className="w-full" disabled>
          {concert.phase === 'before' ? m.not_open_yet() : phaseName(concert.phase)}
        </Button>
      )}
      <ChallengeView />
      <p aria-live="polite" className="mt-2.5 text-center text-sm text-balance text-faint">
        {whatHappens(concert)}
      </p>
    </div>
  )
}

function whatHappens(concert: ConcertPage): string {
  if (concert.phase === 'before')
    return tellOpening(concert, { locale: currentLocale(), timeZone: concert.timeZone })
  return isJoinable(concert.phase) ? joinHint(concert.phase) : m.line_over_hint()
}
