/** DEL, the C1 controls (a terminal takes U+009B for the start of a command), line and paragraph ends, and what turns text around. */
const controls = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

/**
 * A line of JSON with nothing in it that moves a cursor, ends a line or turns what follows around: such characters are written as
 * JSON's escapes, so that whoever parses the line reads them as they were. Below U+0020 JSON escapes by itself.
 */
export function escapeControls(json: string): string {
  return json.replace(controls, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
