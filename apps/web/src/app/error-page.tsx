import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { isRefusal } from '../data/wire-error.ts'
import { Failure } from './failure.tsx'
import { NotFoundPage } from './not-found-page.tsx'

/** What a page shows when it cannot be shown. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const queries = useQueryErrorResetBoundary()
  if (isRefusal(error, 'NOT_FOUND')) return <NotFoundPage />
  const tryAgain = (): void => {
    queries.reset()
    reset()
    void router.invalidate()
  }
  return <Failure error={error} onTryAgain={tryAgain} />
}
