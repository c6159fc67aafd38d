import type { Locale } from '@greenroom/contract'
import { m } from '../paraglide/messages.js'

/** Dates of a concert are told in the venue's time zone, wherever the fan is. */
export type Zone = {
  locale: Locale
  timeZone: string
}

/** `2026년 12월 24일 (목) 오후 7:30` / `Thu, 24 Dec 2026 7:30 pm`: all of an instant. */
export function formatInstant(atMs: number, zone: Zone): string {
  return `${writeDay(atMs, zone, { year: 'numeric' })} ${formatTime(atMs, zone)}`
}

/** The same to the second: `2026년 12월 24일 (목) 오후 7:30:05` / `Thu, 24 Dec 2026 7:30:05 pm`. */
export function formatSecond(atMs: number, zone: Zone): string {
  const time = write(atMs, zone, { hour: 'numeric', minute: '2-digit', second: '2-digit' })
  return `${writeDay(atMs, zone, { year: 'numeric' })} ${time.replace(/\s/, '\u00a0')}`
}

/** When a sale opens, and before that its lobby if it has one; with the zone for who is in another. */
export function tellOpening(
  { lobbyOpensAtMs, opensAtMs }: { lobbyOpensAtMs: number | null; opensAtMs: number },
  zone: Zone,
): string {
  const at = tellWithZone(opensAtMs, zone)
  if (lobbyOpensAtMs === null) return m.opens_at({ at })
  return m.lobby_and_sale_open_at({ lobby: tellWithZone(lobbyOpensAtMs, zone), at })
}

function tellWithZone(atMs: number, zone: Zone): string {
  const isHere = new Intl.DateTimeFormat().resolvedOptions().timeZone === zone.timeZone
  return isHere ? formatInstant(atMs, zone) : `${formatInstant(atMs, zone)} (${zone.timeZone})`
}

/** `12월 24일 (목)` / `Thu 24 Dec` */
export function formatDay(atMs: number, zone: Zone): string {
  return writeDay(atMs, zone, {})
}

/** `오후 7:30` / `7:30 pm`, never broken over two lines. */
export function formatTime(atMs: number, zone: Zone): string {
  return write(atMs, zone, { hour: 'numeric', minute: '2-digit' }).replace(/\s/, '\u00a0')
}

/** The time alone of what was today, with its day what was not. */
export function formatRecent(atMs: number, nowMs: number, zone: Zone): string {
  const isToday = formatDays(atMs, atMs, zone) === formatDays(nowMs, nowMs, zone)
  return isToday ? formatTime(atMs, zone) : formatInstant(atMs, zone)
}

/** `12월 24일 – 27일`: first to last day, once when they are the same. */
export function formatDays(fromMs: number, toMs: number, zone: Zone): string {
  const style = formatter(zone, {
    year: 'numeric',
    month: zone.locale === 'ko' ? 'long' : 'short',
    day: 'numeric',
  })
  return style.formatRange(fromMs, toMs)
}

/** The parts a calendar leaf shows: month, day of the month, weekday. */
export function calendarLeaf(atMs: number, zone: Zone): { month: string; day: string; weekday: string } {
  return {
    month: write(atMs, zone, { month: 'short' }),
    day: new Intl.DateTimeFormat('en', { timeZone: zone.timeZone, day: 'numeric' }).format(atMs),
    weekday: write(atMs, zone, { weekday: 'long' }),
  }
}

/**
 * Loads what a browser needs to write dates, 10 ms and on a phone 40, while a page waits for its data anyway. Later is late
 * enough: it is a task of its own.
 */
export function prepareDates(locale: Locale): void {
  setTimeout(() => formatDay(0, { locale, timeZone: 'UTC' }))
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(zone: Zone, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone.locale} ${zone.timeZone} ${Object.entries(options).flat().join(' ')}`
  const known = formatters.get(key)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat(zone.locale === 'ko' ? 'ko-KR' : 'en-GB', {
    ...options,
    timeZone: zone.timeZone,
    // `hour12` makes half past noon `0:30 pm` in browsers of before 2024
    ...(options.hour === undefined ? {} : { hourCycle: 'h12' }),
  })
  formatters.set(key, made)
  return made
}

function write(atMs: number, zone: Zone, options: Intl.DateTimeFormatOptions): string {
  return formatter(zone, options).format(atMs)
}

/** Browsers disagree on the brackets around a Korean weekday, so they are put here. */
function writeDay(atMs: number, zone: Zone, year: { year?: 'numeric' }): string {
  if (zone.locale === 'en') {
    return write(atMs, zone, { ...year, month: 'short', day: 'numeric', weekday: 'short' })
  }
  const day = write(atMs, zone, { ...year, month: 'long', day: 'numeric' })
  return `${day} (${write(atMs, zone, { weekday: 'short' })})`
}
