import { pino } from 'pino'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createAnswerer } from './answer-event.ts'

const log = pino({ level: 'silent' })

test('events wait for one another in bounded number, and room comes back as they are answered', async () => {
  const answers: unknown[] = []
  const answer = createAnswerer(log, { take: () => 0 })
  const slow = Promise.withResolvers<string>()
  const ask = answer(z.number(), () => slow.promise)
  const done = () => answers.filter((reply) => Reflect.get(Object(reply), 'ok') === true).length
  for (let event = 0; event < 100; event++) ask(event, (reply: unknown) => answers.push(reply))
  expect(answers).toHaveLength(50)
  expect(answers[0]).toMatchObject({ ok: false, error: { code: 'RATE_LIMITED' } })
  slow.resolve('late')
  await expect.poll(done).toBe(50)
  ask(1, (reply: unknown) => answers.push(reply))
  await expect.poll(done).toBe(51)
})
