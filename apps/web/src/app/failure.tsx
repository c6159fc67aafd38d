import { Link } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'
import { mayPass, refusalOf } from '../data/wire-error.ts'
import { Button, buttonLook } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { useTitle } from '../design/use-title.ts'
import { m } from '../paraglide/messages.js'
import { tellRefusal } from '../text/refusals.ts'
import { hasKeptTickets } from '../tickets/tickets-place.ts'

/** Tries again by itself: a crowd that failed together comes back spread over these seconds. */
const againMinMs = 3_000
const againSpreadMs = 5_000

/**
 * In place of a page that could not be had: why, and a way on. What may pass by itself is tried again unasked, and at once
 * when the network is back.
 */
export function Failure({ error, onTryAgain }: { error: unknown; onTryAgain: () => void }) {
  const refusal = refusalOf(error)
  const isOffline = refusal === undefined && !navigator.onLine
  const title = isOffline ? m.offline_title() : m.error_title()
  useTitle(title)
  const willRetry = mayPass(error)
  const tryAgain = useEffectEvent(onTryAgain)
  useEffect(() => {
    if (!willRetry) return
    const again = (): void => tryAgain()
    // without a network there is nothing to try
    const timer = navigator.onLine ? setTimeout(again, againMinMs + Math.random() * againSpreadMs) : undefined
    addEventListener('online', again)
    return () => {
      clearTimeout(timer)
      removeEventListener('online', again)
    }
  }, [willRetry, error])
  const hasTickets = refusal === undefined && hasKeptTickets(localStorage)
  return (
    <div className="page">
      <EmptyState
        title={title}
        action={
          <div className="flex flex-wrap justify-center gap-2">
            <Button onClick={onTryAgain}>{m.try_again()}</Button>
            <Link to={hasTickets ? '/tickets' : '/'} className={buttonLook({ tone: 'outline' })}>
              {hasTickets ? m.see_tickets() : m.to_concerts()}
            </Link>
          </div>
        }
      >
        {isOffline ? m.offline_text() : tellRefusal(refusal)}
      </EmptyState>
    </div>
  )
}
