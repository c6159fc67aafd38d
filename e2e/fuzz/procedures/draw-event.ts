import { type ClientEvents, lineWatchInput, showUnwatchInput, showWatchInput } from '@greenroom/contract'
import fc from 'fast-check'
import { z } from 'zod'
import { fanCount } from '../known-things.ts'
import type { JsonSchema } from '../read-document.ts'
import { drawValid } from '../schema-values.ts'
import { spoilBody } from '../spoil-body.ts'
import type { CaseKind } from './draw-call.ts'

/** What each event of a client takes. One without a row does not compile. */
const inputs = {
  'line:watch': lineWatchInput,
  'line:unwatch': lineWatchInput,
  'show:watch': showWatchInput,
  'show:unwatch': showUnwatchInput,
} as const satisfies Record<keyof ClientEvents, z.ZodType>

export type EventName = keyof ClientEvents
export const eventNames = Object.keys(inputs) as EventName[]

/** The text of one event's input, which need not be JSON. */
export type EventCase = { name: EventName; kind: CaseKind; fan: number; input: string }

/** The nth input of a seed to one event, and those after it. */
export function* drawEvents(name: EventName, kind: CaseKind, seed: number): Generator<EventCase, never> {
  const schema = z.toJSONSchema(inputs[name], { io: 'input' }) as JsonSchema
  const one = fc.gen().map((draw): EventCase => {
    const fan = draw(fc.nat, fanCount - 1)
    const valid = drawValid(draw, (each) => each, schema, '', fan)
    const input = kind === 'near' ? JSON.stringify(valid) : spoilBody(draw, valid).body
    return { name, kind, fan, input }
  })
  for (let chunk = 0; ; chunk += 1) {
    yield* fc.sample(one, { seed: seed + chunk * 2 + (kind === 'near' ? 0 : 1), numRuns: 50 })
  }
}
