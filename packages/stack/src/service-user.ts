import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, lchownSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The account Postgres and Redis run under. `undefined`: our own, since we are not root. */
export type ServiceUser = { uid: number; gid: number } | undefined

/** The system's own tools, wherever the user's PATH points (sbin is often not on it). */
const systemEnv = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' }

/**
 * Postgres refuses to run as root, so under root the servers get an account of their own: `postgres` where it
 * exists, else a new system account `greenroom`, else `nobody`. Safe to repeat.
 */
export function findServiceUser(): ServiceUser {
  if (process.getuid?.() !== 0) return undefined
  const existing = lookUpUser('postgres') ?? lookUpUser('greenroom')
  if (existing !== undefined) return existing
  spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'greenroom'], {
    env: systemEnv,
  })
  const created = lookUpUser('greenroom') ?? lookUpUser('nobody')
  if (created === undefined)
    throw new Error('no account to run Postgres under: useradd failed and there is no nobody')
  return created
}

/** Can that account reach the path? Every folder above it must let it through: /root, for one, does not. */
export function canReach(user: ServiceUser, path: string): boolean {
  if (user === undefined) return true
  return (
    spawnSync('test', ['-r', path], { cwd: '/', uid: user.uid, gid: user.gid, env: systemEnv }).status === 0
  )
}

/** Makes `folder` (and its missing parents), for that account alone. Safe to repeat. */
export function makeServiceFolder(user: ServiceUser, folder: string): void {
  mkdirSync(folder, { recursive: true })
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
  chmodSync(folder, 0o700)
}

/** Hands a folder and all that is in it to that account: data that another account left behind stays usable. */
export function giveFolder(user: ServiceUser, folder: string): void {
  if (user === undefined) return
  lchownSync(folder, user.uid, user.gid)
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(folder, entry), user.uid, user.gid)
  }
}

function lookUpUser(name: string): { uid: number; gid: number } | undefined {
  const uid = idOf('-u', name)
  const gid = idOf('-g', name)
  return uid === undefined || gid === undefined ? undefined : { uid, gid }
}

function idOf(flag: '-u' | '-g', name: string): number | undefined {
  const found = spawnSync('id', [flag, name], { encoding: 'utf8', env: systemEnv })
  return found.status === 0 ? Number(found.stdout.trim()) : undefined
}
