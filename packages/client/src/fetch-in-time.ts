import type { getFetch } from '@trpc/client'

/** A call is given up after this long: a connection that died in somebody's pocket never answers. */
const callTimeoutMs = 15_000

/** `fetch` that ends by itself. */
export const fetchInTime: ReturnType<typeof getFetch> = (input, init) => {
  const timeout = AbortSignal.timeout(callTimeoutMs)
  const signal = init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout
  return fetch(input, { ...init, signal })
}
