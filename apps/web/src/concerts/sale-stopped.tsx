import type { ConcertId, ShowId } from '@greenroom/contract'
import { useQuery } from '@tanstack/react-query'
import { api } from '../data/api.ts'
import { Notice } from '../design/notice.tsx'
import { m } from '../paraglide/messages.js'

/** Says that a date sells nothing, for now or because it does not take place, before anybody presses in vain; looks again while it is shown. */
export function SaleStopped(props: {
  concertId: ConcertId
  showId: ShowId
  /** among other dates: that this one does not take place is news, and in nobody's way */
  isListed?: true
  className?: string
}) {
  const { concertId, showId, className } = props
  const concert = useQuery({
    ...api.catalogue.concert.queryOptions({ concertId }),
    refetchInterval: 10_000,
  }).data
  const show = concert?.shows.find((each) => each.showId === showId)
  if (show?.isStopped !== true) return null
  return (
    <Notice
      tone={show.isCancelled && props.isListed === true ? 'plain' : 'bad'}
      {...(className !== undefined && { className })}
    >
      {show.isCancelled ? m.error_show_cancelled() : m.error_sale_stopped()}
    </Notice>
  )
}
