/**
 * `target` with one method under observation: `around` sees each call's arguments and result before its caller does. For
 * learning what the core says to Postgres or Redis, so that a floor can say the same.
 */
export function intercept<T extends object>(
  target: T,
  method: keyof T & string,
  around: (args: unknown[], result: unknown) => unknown,
): T {
  return new Proxy(target, {
    get: (real, property) => {
      const value: unknown = Reflect.get(real, property)
      if (typeof value !== 'function') return value
      return (...args: unknown[]) => {
        const result: unknown = Reflect.apply(value, real, args)
        return property === method ? around(args, result) : result
      }
    },
  })
}
