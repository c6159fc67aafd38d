import { showId } from '@greenroom/contract'
import { expect, test } from 'vitest'
import { groupEvenings, partyOf } from './evenings.ts'
import { makeTicket } from './testing/make-ticket.ts'

const dayMs = 86_400_000
const nowMs = Date.UTC(2026, 11, 12, 10)
const second = showId.parse(2)

const numbers = (evenings: { tickets: { number: string }[] }[]): string[][] =>
  evenings.map(({ tickets }) => tickets.map(({ number }) => number))

test('one evening has one entry with its seats in the hall’s order; the next evening comes first', () => {
  const tickets = [
    makeTicket({ n: 8, showId: second, startsAtMs: nowMs + 2 * dayMs }),
    makeTicket({ n: 3, startsAtMs: nowMs + dayMs }),
    makeTicket({ n: 2, startsAtMs: nowMs + dayMs }),
  ]
  expect(numbers(groupEvenings(tickets, nowMs).ahead)).toEqual([['2', '3'], ['8']])
})

test('what opens the gate stands first, then what did, then what was given back', () => {
  const tickets = [
    makeTicket({ n: 1, state: 'VOID' }),
    makeTicket({ n: 2, state: 'USED' }),
    makeTicket({ n: 3, state: 'VOID' }),
    makeTicket({ n: 5 }),
    makeTicket({ n: 4 }),
  ].map((ticket) => ({ ...ticket, startsAtMs: nowMs + dayMs }))
  expect(numbers(groupEvenings(tickets, nowMs).ahead)).toEqual([['4', '5', '2', '1', '3']])
})

test('an evening stays ahead while its night lasts, then lies behind', () => {
  const tonight = makeTicket({ startsAtMs: nowMs - dayMs / 4 })
  const yesterday = makeTicket({ n: 2, showId: second, startsAtMs: nowMs - dayMs })
  const { ahead, behind } = groupEvenings([tonight, yesterday], nowMs)
  expect(numbers(ahead)).toEqual([['1']])
  expect(numbers(behind)).toEqual([['2']])
})

test('an evening given back whole is not one to go to; one given back in part is', () => {
  const whole = makeTicket({ state: 'VOID', startsAtMs: nowMs + dayMs })
  const part = makeTicket({ n: 2, startsAtMs: nowMs + dayMs })
  expect(groupEvenings([whole], nowMs)).toMatchObject({ ahead: [], behind: [{}] })
  expect(groupEvenings([whole, part], nowMs)).toMatchObject({ ahead: [{}], behind: [] })
})

test('a party is the good tickets of an evening, and the one that is looked at', () => {
  const [first, void_, other] = [
    makeTicket({ n: 1 }),
    makeTicket({ n: 2, state: 'VOID' }),
    makeTicket({ n: 3, showId: second }),
  ]
  expect(partyOf(first, [first, void_, other])).toEqual([first])
  expect(partyOf(void_, [first, void_, other])).toEqual([first, void_])
})
