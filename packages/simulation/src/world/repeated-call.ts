import type { Deps } from '@greenroom/core'
import { type Answer, pause } from './call.ts'
import type { Fan } from './fan-memory.ts'
import { callRecorded, type Told } from './recorded-call.ts'
import type { World } from './world.ts'

/**
 * The same wish with the same key until there is an answer, and now and then once more: from another device, or because the
 * page was loaded anew. Every answer to a key must tell the same.
 */
export async function repeat<T>(
  world: World,
  fan: Fan,
  wish: {
    key: string
    label: string
    ask: (deps: Deps) => Promise<T>
    tells: (value: T) => string | number
    record: (value: T | undefined) => Told
  },
): Promise<Answer<T>> {
  const { random } = world.scheduler
  const once = async (): Promise<Answer<T>> => {
    const answer = await callRecorded(world, fan.fanId, wish)
    if (answer.outcome === 'ok') checkReply(world, fan, wish.key, String(wish.tells(answer.value)))
    return answer
  }
  const twin = random.chance(0.1) ? once() : undefined
  let answer = await once()
  for (let tries = 0; tries < 6 && answer.outcome === 'unknown' && random.chance(0.9); tries++) {
    await pause(world, random.next() * 500)
    answer = await once()
  }
  if (random.chance(0.1)) await once()
  await twin
  return answer
}

function checkReply(world: World, fan: Fan, key: string, reply: string): void {
  const known = fan.replies.get(key) ?? reply
  fan.replies.set(key, known)
  if (known !== reply)
    world.witness.report('one-effect-per-key', `${key} was answered "${known}" and "${reply}"`)
}
