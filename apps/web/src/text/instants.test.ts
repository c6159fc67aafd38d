import { expect, test } from 'vitest'
import { calendarLeaf, formatDay, formatDays, formatInstant, formatTime } from './instants.ts'

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
  expect(formatTime(eve, { locale: 'ko', timeZone: 'UTC' })).toBe('오후 4:30')
  expect(formatTime(eve, { locale: 'en', timeZone: 'UTC' })).toMatch(/4:30\s?pm/i)
})

test('a single day is not told as a range', () => {
  expect(formatDays(eve, eve, { locale: 'ko', timeZone: 'Asia/Seoul' })).toBe('2026년 12월 25일')
})

test('a whole instant has day, weekday and hour', () => {
  expect(formatInstant(eve, { locale: 'ko', timeZone: 'Asia/Seoul' })).toBe('2026년 12월 25일 (금) 오전 1:30')
})
