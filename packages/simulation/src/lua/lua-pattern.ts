/** Lua's character classes that our scripts use, as those of a JavaScript pattern. */
const classes: Record<string, string> = { a: '[A-Za-z]', d: '[0-9]', x: '[0-9A-Fa-f]' }

/** A Lua pattern as the source of a JavaScript one. Refuses what means something else there. */
export function toPattern(pattern: string): string {
  if (/[-.[\]?*]/.test(pattern))
    throw new Error(`the compiler of our Lua scripts does not know the pattern ${pattern}`)
  const source = pattern.replaceAll(/%(.)/g, (_match, letter: string) => {
    const known = classes[letter]
    if (known === undefined) throw new Error(`the compiler of our Lua scripts does not know %${letter}`)
    return known
  })
  return `/${source}/`
}
