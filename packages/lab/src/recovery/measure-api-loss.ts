import { setTimeout as sleep } from 'node:timers/promises'
import { signUpLabFans } from '../fans/lab-fan.ts'
import { createRandom } from '../seeded-random.ts'
import type { World } from '../world/start-world.ts'
import type { RecoveryMeasurement } from './recovery-figures.ts'

const fanCount = 50
const undisturbedMs = 3_000
const watchMs = 5_000
const pauseMs = 20

/** Kill -9 of one of two apis while fans ask all the time: the longest that anybody waited for an answer, tries included. */
export async function measureApiLoss(world: World): Promise<RecoveryMeasurement> {
  const fans = await signUpLabFans(world, createRandom('api'), fanCount)
  let isOver = false
  let longestMs = 0
  let asked = 0
  let failed = 0
  const go = async (fan: (typeof fans)[number]): Promise<void> => {
    while (!isOver) {
      const beganMs = performance.now()
      for (let isAnswered = false; !isAnswered && !isOver; ) {
        asked += 1
        isAnswered = await fan.greenroom.api.wallet.balance.query().then(
          () => true,
          () => false,
        )
        if (!isAnswered) failed += 1
      }
      longestMs = Math.max(longestMs, performance.now() - beganMs)
      await sleep(pauseMs)
    }
  }
  const going = Promise.all(fans.map(go))
  await sleep(undisturbedMs)
  const floorMs = Math.round(longestMs)
  longestMs = 0
  asked = 0
  failed = 0
  const [lost] = world.appsOf('api')
  lost?.kill()
  await sleep(watchMs)
  const tookMs = Math.round(longestMs)
  const beganMs = performance.now()
  await lost?.bringUp()
  const backMs = Math.round(performance.now() - beganMs)
  isOver = true
  await going
  return {
    name: 'api-lost',
    says: 'kill -9 of one of two apis: the longest any fan waited for an answer, tries included',
    tookMs,
    floor: { says: 'the longest wait with nothing broken', tookMs: floorMs },
    details: { fans: fanCount, asked, failed, startedAgainMs: backMs },
  }
}
