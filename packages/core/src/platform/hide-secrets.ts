/** Names under which secrets and personal data travel; pino replaces what stands below them, at the top and one level down. */
const hiddenNames = [
  'authorization',
  'cookie',
  'email',
  'pass',
  'password',
  'receipt',
  'secret',
  'set-cookie',
  'token',
]

/** For pino's `redact`. */
export const hiddenPaths = hiddenNames.flatMap((name) => [
  `["${name}"]`,
  `*["${name}"]`,
  `*.headers["${name}"]`,
])

export const hidden = '[hidden]'

/**
 * What secrets and personal data look like wherever they stand, in a message or the text of an error too: e-mail addresses, our
 * signed tokens (compact JWS), partner keys, webhook secrets, credentials in a header or in the address of a server.
 */
const shapes: readonly RegExp[] = [
  /(?<=:\/\/)[^\s/@"]+(?=@)/g,
  // at most 64 before the @ (RFC 5321), or a line of letters takes quadratic time; a last label of letters, for a package's
  // version in a path is no address; in an address of the web the @ is %40
  /[\w.+%-]{1,64}(?:@|%40)(?:[\w-]+\.)+[A-Za-z]{2,}/g,
  /eyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g,
  /\bgr_\d+_[\w-]+/g,
  /whsec_[A-Za-z0-9+/=]+/g,
  /(?<=\b(?:Bearer|Basic) )[\w.+/=-]{8,}/g,
]

/** The text with everything of such a shape hidden. Nothing is looked up: what has no shape is hidden by its name or not at all. */
export function hideSecrets(text: string): string {
  return shapes.reduce((hiding, shape) => hiding.replace(shape, hidden), text)
}
