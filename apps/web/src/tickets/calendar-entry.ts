/** An evening as a calendar has it. Texts are in the fan's language already. */
export type CalendarEntry = {
  /** The same evening added twice is one entry: calendars know it by this. */
  id: string
  title: string
  venue: string
  details: string
  startsAtMs: number
  url: string
}

/** Concerts do not say when they end; a calendar wants to know. */
const usualLengthMs = 2 * 3_600_000

/** The entry as a file of RFC 5545, which every calendar program reads. Times are told in UTC: each shows its own. */
export async function writeCalendarFile(entry: CalendarEntry): Promise<string> {
  // ten kilobytes for those who press the button
  const { default: ical } = await import('ical-generator')
  const calendar = ical({ prodId: { company: 'Greenroom', product: 'Tickets' } })
  calendar.createEvent({
    id: entry.id,
    start: new Date(entry.startsAtMs),
    end: new Date(entry.startsAtMs + usualLengthMs),
    summary: entry.title,
    location: entry.venue,
    description: entry.details,
    url: entry.url,
  })
  return calendar.toString()
}

/** Where Google's calendar offers the entry to be kept. */
export function googleCalendarUrl(entry: CalendarEntry): string {
  const stamp = (atMs: number): string => new Date(atMs).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const url = new URL('https://calendar.google.com/calendar/render')
  url.search = new URLSearchParams({
    action: 'TEMPLATE',
    text: entry.title,
    location: entry.venue,
    details: `${entry.details}\n${entry.url}`,
    dates: `${stamp(entry.startsAtMs)}/${stamp(entry.startsAtMs + usualLengthMs)}`,
  }).toString()
  return url.href
}
