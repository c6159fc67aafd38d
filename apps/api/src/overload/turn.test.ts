import { expect, test } from 'vitest'
import { openTurn } from './turn.ts'

/** What a turn adds to a count that includes it already, or not yet. */
function countTurn(isCounted: boolean) {
  let count = isCounted ? 1 : 0
  const turn = openTurn({
    isCounted,
    begin: () => {
      count += 1
    },
    end: () => {
      count -= 1
    },
  })
  return { ...turn, count: () => count }
}

test.for([true, false])(
  'a call is counted once while it is worked on (counted as it came: %s)',
  (isCounted) => {
    const { arrived, standAside, end, count } = countTurn(isCounted)
    arrived()
    arrived()
    standAside()
    expect(count()).toBe(1)
    end()
    end()
    expect(count()).toBe(0)
  },
)

test('one that waits for its body is not, and is again when that came', () => {
  const { arrived, standAside, end, count } = countTurn(true)
  standAside()
  standAside()
  expect(count()).toBe(0)
  arrived()
  expect(count()).toBe(1)
  end()
  expect(count()).toBe(0)
})

test.for([true, false])('one that is refused before its body came leaves nothing (%s)', (isCounted) => {
  const { arrived, standAside, end, count } = countTurn(isCounted)
  end()
  standAside()
  arrived()
  expect(count()).toBe(0)
})
