/** One class attribute of what applies. */
export function classNames(...parts: Array<string | false | undefined>): string {
  return parts.filter(Boolean).join(' ')
}
