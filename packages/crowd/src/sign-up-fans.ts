import { randomUUID } from 'node:crypto'
import { createGreenroom, type Greenroom } from '@greenroom/client'
import type { Crowd, Fan } from './crowd.ts'
import { move } from './crowd.ts'
import { keepTrying } from './keep-trying.ts'
import { runBounded } from './run-bounded.ts'

export type SignedUpFan = { fan: Fan; greenroom: Greenroom }

/** New accounts, a few at a time: a password costs the server about 30 ms of a core, so this takes its time. */
export async function signUpFans(crowd: Crowd, gatewayUrl: string): Promise<SignedUpFan[]> {
  const { options, signal, measurements } = crowd
  const run = randomUUID().slice(0, 8)
  const fans: SignedUpFan[] = []
  const numbers = Array.from({ length: options.fans }, (_, index) => index)
  await runBounded(numbers, options.signUpsAtOnce, async (number) => {
    if (signal.aborted) return
    const fan = { number, email: `crowd-${run}-${number}@greenroom.example`, password: 'greenroom' }
    const greenroom = createGreenroom({ apiUrl: options.url, gatewayUrl })
    const { token } = await keepTrying({ ...options, signal }, () =>
      measurements.measure('signUp', () =>
        greenroom.api.accounts.signUp.mutate({ ...fan, name: `Fan ${number}`, locale: 'en' }),
      ),
    )
    greenroom.setToken(token)
    fans.push({ fan, greenroom })
    move(crowd, 'outside', 'signedUp')
  })
  return fans
}
