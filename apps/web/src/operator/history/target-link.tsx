import type { ConcertId } from '@greenroom/contract'
import { Link } from '@tanstack/react-router'
import { readId } from '../../app/read-id.ts'

const look = 'underline decoration-rule underline-offset-4 hover:decoration-current'

/** What a deed was done to, as a link to where it can be seen, if there is such a place. */
export function TargetLink({ target }: { target: string }) {
  const [, kind = '', id = ''] = /^([a-z ]+) (\d+)$/.exec(target) ?? []
  const concert = kind === 'concert' ? readId<ConcertId>(id) : undefined
  if (concert !== undefined)
    return (
      <Link to="/admin" search={{ concert }} className={look}>
        {target}
      </Link>
    )
  if (kind === 'ticket' || kind === 'reservation' || kind === 'payment')
    return (
      <Link to="/admin/fans" search={{ by: kind, of: id }} className={look}>
        {target}
      </Link>
    )
  if (['partner key', 'webhook endpoint', 'webhook delivery'].includes(kind))
    return (
      <Link to="/admin/integrations" className={look}>
        {target}
      </Link>
    )
  return target
}
