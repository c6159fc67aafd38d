import type { TcpProxy } from '../proxy/tcp-proxy.ts'
import type { Trouble } from '../proxy/trouble.ts'
import type { Running } from './fault.ts'

/**
 * Makes these lines suffer until it is stopped. Felt once something that passed has suffered it. Nobody sees who is refused,
 * so a refusal resets what stands, too: those who were there then have met it, and find nobody when they come again.
 */
export async function imposeTrouble(
  proxies: readonly TcpProxy[],
  trouble: Trouble,
): Promise<Required<Pick<Running, 'isFelt' | 'stop'>>> {
  let hasMet = false
  const onMet = (): void => {
    hasMet = true
  }
  // each line has a trouble of its own: it is known by its identity
  const lifts = await Promise.all(proxies.map((proxy) => proxy.impose({ ...trouble }, onMet)))
  if (trouble.kind === 'refuse') for (const proxy of proxies) if (proxy.cut() > 0) onMet()
  return {
    isFelt: () => hasMet,
    stop: async () => {
      await Promise.all(lifts.map((lift) => lift()))
    },
  }
}
