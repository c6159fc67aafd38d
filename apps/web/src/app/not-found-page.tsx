import { Link } from '@tanstack/react-router'
import { buttonLook } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { m } from '../paraglide/messages.js'

export function NotFoundPage() {
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
