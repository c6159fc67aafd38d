import type { LocalizedText, ReservedSeat, ShowId } from '@greenroom/contract'
import { CalendarPlus } from 'lucide-react'
import { type ButtonLook, buttonLook } from '../design/button.tsx'
import { closeMenu, menuItemLook, PopoverMenu } from '../design/popover-menu.tsx'
import { m } from '../paraglide/messages.js'
import { told } from '../text/locale.ts'
import { tellSeats } from '../text/seats.ts'
import { type CalendarEntry, googleCalendarUrl, writeCalendarFile } from './calendar-entry.ts'

type Show = { showId: ShowId; concertTitle: LocalizedText; venue: LocalizedText; startsAtMs: number }
type Seats = readonly Pick<ReservedSeat, 'section' | 'row' | 'number'>[]

/** Puts an evening into the fan's own calendar: as a file for any program, or by Google's page. */
export function AddToCalendar({ show, seats, look }: { show: Show; seats: Seats; look?: ButtonLook }) {
  const entry = entryOf(show, seats)
  return (
    <PopoverMenu
      look={buttonLook({ tone: 'outline', ...look })}
      button={
        <>
          <CalendarPlus aria-hidden="true" className="size-[1.125rem]" />
          {m.calendar_add()}
        </>
      }
      align="center"
      widthPx={224}
    >
      <button
        type="button"
        className={menuItemLook}
        onClick={(event) => {
          closeMenu(event)
          void download(entry)
        }}
      >
        {m.calendar_file()}
      </button>
      <a
        className={menuItemLook}
        onClick={closeMenu}
        href={googleCalendarUrl(entry)}
        target="_blank"
        rel="noreferrer"
      >
        {m.calendar_google()}
      </a>
    </PopoverMenu>
  )
}

function entryOf({ showId, concertTitle, venue, startsAtMs }: Show, seats: Seats): CalendarEntry {
  return {
    id: `show-${showId}@${location.hostname}`,
    title: told(concertTitle),
    venue: told(venue),
    details: tellSeats(seats).join('\n'),
    startsAtMs,
    url: `${location.origin}/tickets`,
  }
}

async function download(entry: CalendarEntry): Promise<void> {
  const file = new Blob([await writeCalendarFile(entry)], { type: 'text/calendar' })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = `${entry.title}.ics`
  link.click()
  URL.revokeObjectURL(link.href)
}
