import { Link } from '@tanstack/react-router'
import { buttonLook } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { useTitle } from '../design/use-title.ts'
import { m } from '../paraglide/messages.js'
import { Failure } from './failure.tsx'

/** Without a network nobody knows whether there is such a page: the line's, for one, is no part of the app. */
export function NotFoundPage() {
  return navigator.onLine ? <NothingHere /> : <Failure error={offline} onTryAgain={() => location.reload()} />
}

const offline = new TypeError('no network')

function NothingHere() {
  useTitle(m.not_found_title())
  return (
    <div className="page">
      <EmptyState
        title={m.not_found_title()}
        action={
          <Link to="/" className={buttonLook()}>
            {m.to_concerts()}
          </Link>
        }
      >
        {m.not_found_text()}
      </EmptyState>
    </div>
  )
}
