/** The value that a test's own steps brought about; a test that gets none of it is about nothing. */
export function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`there is no ${what}`)
  return value
}
