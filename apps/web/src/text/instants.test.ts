import { expect, test } from 'vitest'
import {
  calendarLeaf,
  formatDay,
  formatDays,
  formatInstant,
  formatRecent,
  formatSecond,
  formatTime,
} from './instants.ts'

const eve = Date.UTC(2026, 11, 24, 16, 30)

test('a date is told in the venue’s zone, where it may already be tomorrow', () => {
  expect(formatDay(eve, { locale: 'ko', timeZone: 'Asia/Seoul' })).toContain('12월 25일')
  expect(formatDay(eve, { locale: 'ko', timeZone: 'UTC' })).toContain('12월 24일')
  expect(calendarLeaf(eve, { locale: 'en', timeZone: 'Asia/Seoul' })).toMatchObject({
    month: 'Dec',
    day: '25',
  })
})

test('each language has its own hours', () => {
  expect(formatTime(eve, { locale: 'ko', timeZone: 'UTC' })).toBe('오후\u00a04:30')
  expect(formatTime(eve, { locale: 'en', timeZone: 'UTC' })).toBe('4:30\u00a0pm')
})

test('a single day is not told as a range', () => {
  expect(formatDays(eve, eve, { locale: 'ko', timeZone: 'Asia/Seoul' })).toBe('2026년 12월 25일')
})

test('a whole instant has day, weekday and hour', () => {
  expect(formatInstant(eve, { locale: 'ko', timeZone: 'Asia/Seoul' })).toBe(
    '2026년 12월 25일 (금) 오전\u00a01:30',
  )
})

test('what happens several times a minute has its second', () => {
  expect(formatSecond(eve + 5_000, { locale: 'en', timeZone: 'UTC' })).toBe(
    'Thu, 24 Dec 2026 4:30:05\u00a0pm',
  )
})

test('noon and midnight are twelve, not nought', () => {
  const times = [0, 12].map((hour) =>
    formatTime(Date.UTC(2026, 11, 24, hour, 30), { locale: 'en', timeZone: 'UTC' }),
  )
  expect(times).toEqual(['12:30\u00a0am', '12:30\u00a0pm'])
})

test('what was on another day is told with its day, by the clock on the reader’s wall', () => {
  const seoul = { locale: 'ko', timeZone: 'Asia/Seoul' } as const
  expect(formatRecent(eve, eve + 3_600_000, seoul)).toBe('오전\u00a01:30')
  expect(formatRecent(eve, eve + 86_400_000, seoul)).toBe('2026년 12월 25일 (금) 오전\u00a01:30')
  expect(formatRecent(eve, eve - 7_200_000, seoul)).toBe('2026년 12월 25일 (금) 오전\u00a01:30')
})
