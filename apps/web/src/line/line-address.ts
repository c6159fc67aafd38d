import type { ConcertId } from '@greenroom/contract'
import { readId } from '../app/read-id.ts'

/** The concert of `/concerts/7/line`; `undefined` for an address that names no possible one. */
export function readConcertId(path: string): ConcertId | undefined {
  const [, digits] = /^\/concerts\/([1-9]\d*)\/line\/?$/.exec(path) ?? []
  return readId<ConcertId>(digits ?? '')
}

/** The fan asked to stand in line: before signing in, by a link, or here, and left before there was an answer. */
export function hasJoinWish(): boolean {
  return new URL(location.href).searchParams.get('join') === 'true'
}

/** The wish to stand in line is in the address until it is answered: who reloads meanwhile, or whose phone does, goes on. */
export async function withJoinWish<T>(join: () => Promise<T>): Promise<T> {
  const write = (change: (address: URL) => void): void => {
    const address = new URL(location.href)
    change(address)
    history.replaceState(null, '', address)
  }
  write((address) => address.searchParams.set('join', 'true'))
  try {
    return await join()
  } finally {
    write((address) => address.searchParams.delete('join'))
  }
}

/** To sign in, and back here afterwards. */
export function goSignIn(): void {
  location.replace(`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`)
}
