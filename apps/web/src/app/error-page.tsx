import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'
import { mayPass, refusalOf } from '../data/wire-error.ts'
import { Button, buttonLook } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { m } from '../paraglide/messages.js'
import { tellRefusal } from '../text/refusals.ts'
import { NotFoundPage } from './not-found-page.tsx'

/** Tries again by itself: a crowd that failed together comes back spread over these seconds. */
const againMinMs = 3_000
const againSpreadMs = 5_000

/** What a page shows when it cannot be shown: why, and a way on. What may pass by itself is tried again unasked. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const queries = useQueryErrorResetBoundary()
  const refusal = refusalOf(error)
  const willRetry = mayPass(error)
  const tryAgain = (): void => {
    queries.reset()
    reset()
    void router.invalidate()
  }
  const tryAgainLater = useEffectEvent(tryAgain)
  useEffect(() => {
    if (!willRetry) return
    const timer = setTimeout(tryAgainLater, againMinMs + Math.random() * againSpreadMs)
    return () => clearTimeout(timer)
  }, [willRetry, error])
  if (refusal?.code === 'NOT_FOUND') return <NotFoundPage />
  return (
    <div className="page">
      <EmptyState
        title={m.error_title()}
        action={
          <div className="flex flex-wrap justify-center gap-2">
            <Button onClick={tryAgain}>{m.try_again()}</Button>
            <Link to="/" className={buttonLook({ tone: 'outline' })}>
              {m.to_concerts()}
            </Link>
          </div>
        }
      >
        {tellRefusal(refusal)}
      </EmptyState>
    </div>
  )
}
