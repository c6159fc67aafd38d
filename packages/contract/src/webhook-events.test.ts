import { expect, test } from 'vitest'
import { webhookEvent, webhookExamples } from './webhook-events.ts'

test.for(Object.entries(webhookExamples))(
  'the example of %s is an event as it is sent, no more and no less',
  ([type, example]) => {
    expect(webhookEvent.parse(example)).toEqual(example)
    expect(example.type).toBe(type)
  },
)
