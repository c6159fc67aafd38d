/**
 * Loaded before a program (`--import`) it moves that process's clock by the milliseconds that its own address names
 * (`shifted-clock.ts?ms=3600000`): Date alone, as a wrong system clock does, and not the monotonic clock.
 */
const shiftMs = Number(new URL(import.meta.url).searchParams.get('ms'))
const RealDate = Date

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given: unknown[], newTarget) => {
    const values = given.length === 0 ? [target.now() + shiftMs] : given
    const made: unknown = Reflect.construct(target, values, newTarget)
    if (!(made instanceof RealDate)) throw new Error('a clock made no date')
    return made
  },
  apply: (target) => new target(target.now() + shiftMs).toString(),
  get: (target, key, receiver) => {
    if (key === 'now') return () => target.now() + shiftMs
    return Reflect.get(target, key, receiver) as unknown
  },
})
