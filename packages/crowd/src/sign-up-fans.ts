import { randomUUID } from 'node:crypto'
import { createGreenroom } from '@greenroom/client'
import { type Crowd, type Fan, move } from './crowd.ts'
import { keepTrying } from './keep-trying.ts'
import { runBounded } from './run-bounded.ts'

/** New accounts, a few at a time: a password costs the server about 30 ms of a core, so this takes its time. */
export async function signUpFans(crowd: Crowd, gatewayUrl: string): Promise<Fan[]> {
  const { options, signal, measurements } = crowd
  const run = randomUUID().slice(0, 8)
  const fans: Fan[] = []
  const numbers = Array.from({ length: options.fans }, (_, index) => index)
  await runBounded(numbers, options.signUpsAtOnce, async (number) => {
    if (signal.aborted) return
    const greenroom = createGreenroom({ apiUrl: options.url, gatewayUrl })
    const { token, account } = await keepTrying({ ...options, signal }, () =>
      measurements.measure('signUp', () =>
        greenroom.api.accounts.signUp.mutate({
          email: `crowd-${run}-${number}@greenroom.example`,
          password: 'greenroom',
          name: `Fan ${number}`,
          locale: 'en',
        }),
      ),
    )
    greenroom.setToken(token)
    fans.push({ fanId: account.accountId, greenroom })
    move(crowd, 'outside', 'signedUp')
  })
  return fans
}
