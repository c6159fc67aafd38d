import { accountId, concertId, type LineStatus } from '@greenroom/contract'
import { expect, test, vi } from 'vitest'
import type { Line } from './line-source.ts'
import { defaultLiveSettings } from './live-settings.ts'
import { createModelGateway } from './testing/model-gateway.ts'
import { createModelShow } from './testing/model-show.ts'
import { waitForTurn } from './wait-for-turn.ts'

const concert = concertId.parse(1)
const status: LineStatus = {
  fanId: accountId.parse(1),
  entry: { state: 'none' },
  progress: {
    concertId: concert,
    epoch: 1,
    phase: 'open',
    admittedTotal: 0,
    waiting: 0,
    active: 0,
    capacity: 1,
    outflowPerMinute: 0,
    stock: [],
    asOfMs: 1,
  },
  opensAtMs: 0,
  lobbyOpensAtMs: null,
  draw: null,
}

test('who gives up while the join is under way leaves no watch behind', async () => {
  const joined = Promise.withResolvers<LineStatus>()
  const onAnswer = vi.fn<Line['onAnswer']>(() => () => undefined)
  const nothing = (): never => expect.unreachable('nothing else is asked')
  const line: Line = {
    join: () => joined.promise,
    readStatus: nothing,
    readProgress: nothing,
    enter: nothing,
    useCode: nothing,
    leave: nothing,
    keepEntry: nothing,
    readPass: nothing,
    belongTo: nothing,
    noteChange: nothing,
    onAnswer,
  }
  const giveUp = new AbortController()
  const turn = waitForTurn(
    {
      socket: createModelGateway(createModelShow(1)).socket,
      settings: defaultLiveSettings,
      random: Math.random,
      line,
    },
    { concertId: concert },
    { signal: giveUp.signal },
  )
  giveUp.abort(new Error('enough'))
  await expect(turn).rejects.toThrow('enough')
  joined.resolve(status)
  await joined.promise
  await new Promise(setImmediate)
  expect(onAnswer).not.toHaveBeenCalled()
})
