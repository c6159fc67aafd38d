import { pino } from 'pino'
import { expect, test } from 'vitest'
import { answerEvent, openEventQueue } from './answer-event.ts'

const log = pino({ level: 'silent' })

test('events wait for one another in bounded number, and room comes back as they are answered', async () => {
  const answers: unknown[] = []
  const queue = openEventQueue()
  const slow = Promise.withResolvers<string>()
  const ask = () => {
    queue.budget.tokens = 40
    answerEvent(log, queue, { name: 'slow', work: () => slow.promise }, (reply: unknown) =>
      answers.push(reply),
    )
  }
  const done = () => answers.filter((reply) => Reflect.get(Object(reply), 'ok') === true).length
  for (let event = 0; event < 100; event++) ask()
  expect(answers).toHaveLength(50)
  expect(answers[0]).toMatchObject({ ok: false, error: { code: 'RATE_LIMITED' } })
  slow.resolve('late')
  await expect.poll(done).toBe(50)
  ask()
  await expect.poll(done).toBe(51)
})

test('an event is answered after all that came before it, whatever they take', async () => {
  const order: string[] = []
  const queue = openEventQueue()
  const slow = Promise.withResolvers<string>()
  const ask = (work: () => unknown) =>
    new Promise((resolve) => {
      answerEvent(log, queue, { name: 'some', work }, resolve)
    })
  const first = ask(async () => order.push(await slow.promise))
  const second = ask(() => order.push('second'))
  slow.resolve('first')
  await Promise.all([first, second])
  expect(order).toEqual(['first', 'second'])
  await ask(() => order.push('third'))
  expect(order).toEqual(['first', 'second', 'third'])
})
