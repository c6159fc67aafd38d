import { beforeEach, expect, test } from 'vitest'
import { forgetTickets } from './tickets-place.ts'
import { keepTickets, readKeptTickets } from './kept-tickets.ts'
import { makeTicket } from './testing/make-ticket.ts'

const texts = new Map<string, string>()
const store = {
  getItem: (key: string) => texts.get(key) ?? null,
  setItem: (key: string, value: string) => void texts.set(key, value),
  removeItem: (key: string) => void texts.delete(key),
}
const kept = { tickets: [makeTicket({})], atMs: 7 }

beforeEach(() => texts.clear())

test('tickets outlive the page, with the moment they were seen', () => {
  expect(readKeptTickets(store)).toBeUndefined()
  keepTickets(store, kept)
  expect(readKeptTickets(store)).toEqual(kept)
})

test('who signs out, or another who signs in, leaves none behind', () => {
  keepTickets(store, kept)
  forgetTickets(store)
  expect(readKeptTickets(store)).toBeUndefined()
})

test('a device that is full keeps none rather than old ones', () => {
  keepTickets(store, kept)
  const full = {
    ...store,
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError')
    },
  }
  keepTickets(full, { ...kept, atMs: 8 })
  expect(readKeptTickets(store)).toBeUndefined()
})

test('what another version kept in another shape is not shown', () => {
  keepTickets(store, kept)
  for (const [key, text] of texts) texts.set(key, text.replace('"code"', '"qr"'))
  expect(readKeptTickets(store)).toBeUndefined()
})
