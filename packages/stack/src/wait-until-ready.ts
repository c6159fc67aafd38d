import { setTimeout as sleep } from 'node:timers/promises'

const pollMs = 100

/**
 * Waits until GET `url` answers 2xx. `whyHopeless` may name a reason to give up early.
 * Throws one clear sentence when it gives up or the time is over.
 */
export async function waitUntilReady(
  url: string,
  options: { timeoutMs: number; whyHopeless?: () => string | undefined },
): Promise<void> {
  let last = 'no answer'
  for (const endMs = performance.now() + options.timeoutMs; performance.now() < endMs; ) {
    const answer = await ask(url)
    if (answer === 'ready') return
    last = answer
    const hopeless = options.whyHopeless?.()
    if (hopeless !== undefined) throw new Error(hopeless)
    await sleep(pollMs)
  }
  throw new Error(`${url} is not ready after ${options.timeoutMs / 1000} s: ${last}`)
}

async function ask(url: string): Promise<string> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) })
    await answer.body?.cancel()
    return answer.ok ? 'ready' : `it answers ${answer.status}`
  } catch (error) {
    return error instanceof Error ? `no answer (${describeCause(error)})` : String(error)
  }
}

function describeCause(error: Error): string {
  return error.cause instanceof Error ? error.cause.message : error.message
}
