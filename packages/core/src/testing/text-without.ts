/** A statement or script with guards taken out, to see what they guard against: each text is replaced by the one beside it. */
export function textWithout(source: string, guards: Record<string, string>): string {
  let text = source
  for (const [guard, instead] of Object.entries(guards)) {
    if (text.split(guard).length !== 2) throw new Error(`not exactly one "${guard}" in ${source}`)
    text = text.replace(guard, () => instead)
  }
  return text
}
