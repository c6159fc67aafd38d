import { appRouter, guardOf } from '@greenroom/router'
import { describe, expect, test } from 'vitest'
import { inputsOf } from './testing/inputs.ts'
import { callers, faultsOf, lookAround } from './testing/judge.ts'
import { send, typeOf } from './testing/send.ts'
import { openMatrix } from './testing/open-matrix.ts'
import { makeOthers, makeOwned } from './testing/world.ts'

const { deps, seatMirror, origin, halls } = await openMatrix()
const others = await makeOthers(deps, seatMirror, halls)
const sharedOwned = await makeOwned(deps, seatMirror, halls)

const paths = Object.keys(appRouter._def.procedures)
const cells = new Set<string>()

describe.for(paths)('%s', (path) => {
  test('does for each caller what its guard says, and changes nothing of the owner’s for another', async () => {
    const guard = guardOf(path)
    if (guard === undefined) throw new Error(`${path} has no guard`)
    // what is only read, or refused to whoever is no operator, is there for the next procedure too
    const isKept = guard.role === 'operator' || typeOf(path) === 'query'
    const owned = isKept ? sharedOwned : await makeOwned(deps, seatMirror, halls)
    // what they do there is to sign out and to change their passwords
    const fresh = path.startsWith('accounts.') ? await makeOthers(deps, seatMirror, halls) : others
    const people = { ...fresh, owner: owned.owner }
    const faults: string[] = []
    let before = await lookAround(deps, owned)
    for (const caller of callers) {
      for (const input of inputsOf(path, owned)) {
        const answer = await send(origin, { path, input, token: people[caller]?.token })
        const after = await lookAround(deps, owned)
        const found = faultsOf({ guard, caller, answer, before, after, secrets: owned.secrets })
        faults.push(...found.map((fault) => `${caller} ${fault}: ${answer.text.slice(0, 300)}`))
        before = after
      }
      cells.add(`${path} ${caller}`)
    }
    expect(faults).toEqual([])
  })
})

test('every cell was judged: procedures by callers', () => {
  expect(cells.size).toBe(paths.length * callers.length)
})

test('guard off: what is the owner’s would be found in an answer, and a change of it noticed', async () => {
  const owned = await makeOwned(deps, seatMirror, halls)
  const { token } = owned.owner
  const ticket = await send(origin, { path: 'tickets.get', input: { ticketId: owned.ticketId }, token })
  expect(owned.secrets.filter((secret) => ticket.text.includes(secret))).toHaveLength(1)
  const before = await lookAround(deps, owned)
  await send(origin, { path: 'reservations.release', input: { reservationId: owned.heldId }, token })
  const after = await lookAround(deps, owned)
  const cell = { caller: 'stranger', answer: ticket, before, after, secrets: owned.secrets } as const
  expect(faultsOf({ ...cell, guard: { role: 'fan', rate: 'read', owner: 'ticket' } })).toEqual([
    'was to be told NOT_FOUND',
    'was refused and changed something',
    'changed what is the owner’s',
    'was told a secret',
  ])
})
