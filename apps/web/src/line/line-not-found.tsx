import { buttonLook } from '../design/button.tsx'
import { EmptyState } from '../design/empty-state.tsx'
import { m } from '../paraglide/messages.js'

/** For an address that names no concert. */
export function LineNotFound() {
  return (
    <EmptyState
      title={m.not_found_title()}
      action={
        <a href="/" className={buttonLook()}>
          {m.to_concerts()}
        </a>
      }
    >
      {m.not_found_text()}
    </EmptyState>
  )
}
