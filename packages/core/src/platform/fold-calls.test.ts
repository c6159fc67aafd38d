import { expect, test } from 'vitest'
import { foldCalls } from './fold-calls.ts'

type Run = { owner: string; key: number; inputs: number[] }

function recordRuns(answer: (inputs: number[]) => Promise<number[]>) {
  const runs: Run[] = []
  const call = foldCalls((owner: { name: string }, key: number, inputs: number[]) => {
    runs.push({ owner: owner.name, key, inputs })
    return answer(inputs)
  })
  return { runs, call }
}

const double = (inputs: number[]): Promise<number[]> => Promise.resolve(inputs.map((input) => input * 2))
const one = { name: 'one' }
const other = { name: 'other' }

test('calls of one turn are one, each with its own answer; another owner or key is another call', async () => {
  const { runs, call } = recordRuns(double)
  const answers = [call(one, 1, 5), call(one, 2, 6), call(other, 1, 7), call(one, 1, 8)]
  expect(await Promise.all(answers)).toEqual([10, 12, 14, 16])
  expect(runs).toEqual([
    { owner: 'one', key: 1, inputs: [5, 8] },
    { owner: 'one', key: 2, inputs: [6] },
    { owner: 'other', key: 1, inputs: [7] },
  ])
  expect(await call(one, 1, 9)).toBe(18)
  expect(runs).toHaveLength(4)
})

test('a crowd of one turn is several calls of a bounded size', async () => {
  const { runs, call } = recordRuns(double)
  await Promise.all(Array.from({ length: 600 }, (_, at) => call(one, 1, at)))
  expect(runs.map(({ inputs }) => inputs.length)).toEqual([256, 256, 88])
})

test('a call that fails, or forgets one, fails for all that it carried and for no other', async () => {
  const { call } = recordRuns((inputs) => {
    if (inputs.includes(13)) return Promise.reject(new Error('unlucky'))
    return inputs.includes(7) ? Promise.resolve([]) : double(inputs)
  })
  const outcomes = await Promise.allSettled([
    call(one, 1, 13),
    call(one, 1, 1),
    call(one, 2, 7),
    call(one, 3, 3),
  ])
  expect(outcomes.map((each) => (each.status === 'fulfilled' ? each.value : String(each.reason)))).toEqual([
    'Error: unlucky',
    'Error: unlucky',
    'Error: a folded call has no output',
    6,
  ])
})
