import { Link, type ErrorComponentProps } from '@tanstack/react-router'
import { refusalOf } from '../data/wire-error.ts'
import { Button, buttonLook } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { m } from '../paraglide/messages.js'
import { tellRefusal } from '../text/refusals.ts'
import { NotFoundPage } from './not-found-page.tsx'

/** What a page shows when it cannot be shown: why, and a way to try again without a reload. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const refusal = refusalOf(error)
  if (refusal?.code === 'NOT_FOUND') return <NotFoundPage />
  return (
    <div className="page">
      <EmptyState
        title={m.error_title()}
        action={
          <div className="flex gap-2">
            <Button onClick={reset}>{m.try_again()}</Button>
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
