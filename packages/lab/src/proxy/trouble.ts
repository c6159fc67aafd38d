/** What a line between two processes can suffer, until it is lifted. */
export type Trouble =
  /** Everything arrives so much later, each way. */
  | { kind: 'delay'; ms: number }
  /** No more than so many bytes a second, each way. */
  | { kind: 'slow'; bytesPerSecond: number }
  /** Nothing moves. When lifted everything arrives, late. */
  | { kind: 'freeze' }
  /** Connections are accepted and whatever is sent is swallowed. When lifted they are reset. */
  | { kind: 'blackhole' }
  /** What is sent arrives, its answer never does. When lifted the connections are reset. */
  | { kind: 'deaf' }
  /** The far side is gone and the near side is not told. When lifted it is. */
  | { kind: 'halfOpen' }
  /** Nobody listens; connections that stand go on. */
  | { kind: 'refuse' }

/** What all troubles of the moment make of one direction. */
export type Weather = { delayMs: number; bytesPerMs: number; isFrozen: boolean; isSwallowed: boolean }

export function readWeather(troubles: Iterable<Trouble>, direction: 'up' | 'down'): Weather {
  const weather = { delayMs: 0, bytesPerMs: Number.POSITIVE_INFINITY, isFrozen: false, isSwallowed: false }
  for (const trouble of troubles) {
    if (trouble.kind === 'delay') weather.delayMs += trouble.ms
    if (trouble.kind === 'slow')
      weather.bytesPerMs = Math.min(weather.bytesPerMs, trouble.bytesPerSecond / 1_000)
    if (trouble.kind === 'freeze') weather.isFrozen = true
    if (trouble.kind === 'blackhole' || trouble.kind === 'halfOpen') weather.isSwallowed = true
    if (trouble.kind === 'deaf' && direction === 'down') weather.isSwallowed = true
  }
  return weather
}

/** Whether what goes this way suffers it: not an answer yet to be given, nor what a connection that stands carries. */
export function isMetBy({ kind }: Trouble, direction: 'up' | 'down'): boolean {
  return kind !== 'refuse' && (kind !== 'deaf' || direction === 'down')
}

/** A connection that lived through it has lost bytes, and cannot go on. */
export function losesBytes({ kind }: Trouble): boolean {
  return kind === 'blackhole' || kind === 'deaf' || kind === 'halfOpen'
}
