import type { Socket } from 'node:net'
import type { Weather } from './trouble.ts'

/** One direction of one connection. */
export type Lane = {
  /** The weather changed: what waited may go. */
  look: () => void
}

/** What waits here at most before the sender is told to wait. */
const maxWaitingBytes = 1_048_576

/**
 * Moves bytes from one socket to the other as the weather allows, in order. `onSwallowed` is told when bytes were lost;
 * an end is passed on after everything that came before it, and not while frozen or swallowed.
 */
export function createLane(options: {
  from: Socket
  to: Socket
  /** May hold back or change what passes; `null`: nothing passes. */
  tap: (chunk: Buffer) => Buffer | null
  weather: () => Weather
  /** Told of everything that comes, whatever becomes of it. */
  onTaken: () => void
  onSwallowed: () => void
}): Lane {
  const { from, to, tap, onTaken, onSwallowed } = options
  const waiting: { chunk: Buffer; dueMs: number }[] = []
  let waitingBytes = 0
  let freeAtMs = 0
  let hasEnded = false
  let timer: NodeJS.Timeout | undefined

  const take = (chunk: Buffer): void => {
    onTaken()
    const { isSwallowed, delayMs, bytesPerMs } = options.weather()
    if (isSwallowed) return onSwallowed()
    const passed = tap(chunk)
    if (passed === null) return
    freeAtMs = Math.max(freeAtMs, performance.now() + delayMs) + passed.length / bytesPerMs
    waiting.push({ chunk: passed, dueMs: freeAtMs })
    waitingBytes += passed.length
    move()
  }
  const move = (): void => {
    clearTimeout(timer)
    const { isFrozen, isSwallowed } = options.weather()
    if (isFrozen || to.destroyed) return
    const nowMs = performance.now()
    for (let first = waiting[0]; first !== undefined; first = waiting[0]) {
      if (first.dueMs > nowMs) {
        timer = setTimeout(move, Math.ceil(first.dueMs - nowMs))
        break
      }
      waiting.shift()
      waitingBytes -= first.chunk.length
      to.write(first.chunk)
    }
    if (to.writableNeedDrain || waitingBytes > maxWaitingBytes) from.pause()
    else if (from.isPaused()) from.resume()
    if (hasEnded && waiting.length === 0 && !isSwallowed) to.end()
  }
  const end = (): void => {
    hasEnded = true
    move()
  }
  from.on('data', take)
  from.on('end', end)
  from.on('close', end)
  to.on('drain', move)
  to.on('close', () => clearTimeout(timer))
  from.resume()
  return { look: move }
}
