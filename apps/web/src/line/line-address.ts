import type { ConcertId } from '@greenroom/contract'
import { readId } from '../app/read-id.ts'

/** The concert of `/concerts/7/line`; `undefined` for an address that names no possible one. */
export function readConcertId(path: string): ConcertId | undefined {
  const [, digits] = /^\/concerts\/([1-9]\d*)\/line\/?$/.exec(path) ?? []
  return readId<ConcertId>(digits ?? '')
}

/** True once: the fan asked to stand in line before signing in, or by a link. The wish is taken out of the address. */
export function takeJoinWish(): boolean {
  const address = new URL(location.href)
  if (address.searchParams.get('join') !== 'true') return false
  address.searchParams.delete('join')
  history.replaceState(null, '', address)
  return true
}

/** To sign in, and back here afterwards. */
export function goSignIn(): void {
  location.replace(`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`)
}
