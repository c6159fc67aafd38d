/**
 * Where to go after signing in. Only a path of this site passes: `//elsewhere`, `/\elsewhere` and full addresses do not,
 * so a link to sign in cannot send a fan away.
 */
export function parseReturnPath(search: Record<string, unknown>): { to?: string } {
  const { to } = search
  return typeof to === 'string' && /^\/(?![/\\])/.test(to) ? { to } : {}
}
