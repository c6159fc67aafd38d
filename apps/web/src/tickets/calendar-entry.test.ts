import { expect, test } from 'vitest'
import { googleCalendarUrl, writeCalendarFile } from './calendar-entry.ts'

const entry = {
  id: 'show-2@greenroom.example',
  title: '해월; 조용한 방, 그리고 아주 긴 이름이 붙은 어느 겨울밤의 공연',
  venue: '지하 올리브, 서울',
  details: 'A열 1번\nA열 2번',
  startsAtMs: Date.UTC(2026, 11, 12, 11),
  url: 'https://greenroom.example/tickets/1',
}

/** Long lines are broken and go on after a blank. */
const unfold = (file: string): string[] => file.replaceAll('\r\n ', '').split('\r\n')

test('the file says when in UTC, where, and which evening it is', async () => {
  const lines = unfold(await writeCalendarFile(entry))
  expect(lines[0]).toBe('BEGIN:VCALENDAR')
  expect(lines).toEqual(
    expect.arrayContaining([
      'UID:show-2@greenroom.example',
      'DTSTART:20261212T110000Z',
      'DTEND:20261212T130000Z',
      'URL;VALUE=URI:https://greenroom.example/tickets/1',
    ]),
  )
})

test('what has a meaning in the file is written so that it has none in a text', async () => {
  const file = await writeCalendarFile(entry)
  const lines = unfold(file)
  expect(lines).toContain('SUMMARY:해월\\; 조용한 방\\, 그리고 아주 긴 이름이 붙은 어느 겨울밤의 공연')
  expect(lines).toContain('DESCRIPTION:A열 1번\\nA열 2번')
  const longest = Math.max(...file.split('\r\n').map((line) => new TextEncoder().encode(line).length))
  expect(longest).toBeLessThanOrEqual(75)
})

test('Google is asked with the same evening', () => {
  const asked = new URL(googleCalendarUrl(entry)).searchParams
  expect(asked.get('dates')).toBe('20261212T110000Z/20261212T130000Z')
  expect(asked.get('text')).toBe(entry.title)
  expect(asked.get('details')).toContain(entry.url)
})
