import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'

import { z } from 'zod'

import { sharedServiceHome } from './postgres-binaries.ts'
import { canReach, findServiceUser, makeServiceFolder, type ServiceUser } from './service-user.ts'

const secretsSchema = z.object({
  instanceId: z.string().min(1),
  appSecret: z.string().min(1),
  postgresPassword: z.string().min(1),
  redisPassword: z.string().min(1),
})

/** Made once per data folder and kept in it, readable by its owner only. */
type Secrets = z.infer<typeof secretsSchema>

export type DataFolder = {
  path: string
  secrets: Secrets
  /** the account the servers run under */
  user: ServiceUser
  /** the folder for the data of one server, which that account can reach */
  folderFor: (server: 'postgres' | 'redis') => string
}

/**
 * Opens a data folder, and makes what is missing in it. Server data lies inside, unless we are root and the folder is
 * below one the servers' account cannot enter (such as /root): then it lies in /var/lib/greenroom under this folder's
 * own random id, with a link to it. So a deleted data folder is a new start in both cases.
 */
export function openDataFolder(path: string): DataFolder {
  const absolute = resolve(path)
  const user = findServiceUser()
  mkdirSync(absolute, { recursive: true })
  // Passing through is all the servers' account needs; what is secret in here is 0600.
  chmodSync(absolute, 0o711)
  const secrets = readOrMakeSecrets(join(absolute, 'secrets.json'))
  const passable = canPassThrough(user, absolute)
  const folderFor = (server: 'postgres' | 'redis'): string => {
    if (passable) {
      makeServiceFolder(user, join(absolute, server))
      return join(absolute, server)
    }
    const home = join(sharedServiceHome, secrets.instanceId)
    mkdirSync(home, { recursive: true, mode: 0o711 })
    makeServiceFolder(user, join(home, server))
    if (!existsSync(join(absolute, server))) symlinkSync(join(home, server), join(absolute, server))
    return join(home, server)
  }
  return { path: absolute, secrets, user, folderFor }
}

function canPassThrough(user: ServiceUser, folder: string): boolean {
  const probe = join(folder, `reachable.${process.pid}`)
  writeFileSync(probe, '', { mode: 0o644 })
  try {
    return canReach(user, probe)
  } finally {
    rmSync(probe)
  }
}

function readOrMakeSecrets(file: string): Secrets {
  if (existsSync(file)) return parseSecrets(file, readFileSync(file, 'utf8'))
  const made: Secrets = {
    instanceId: randomBytes(12).toString('hex'),
    appSecret: randomBytes(32).toString('base64url'),
    postgresPassword: randomBytes(24).toString('base64url'),
    redisPassword: randomBytes(24).toString('base64url'),
  }
  writeFileSync(`${file}.new`, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flush: true })
  renameSync(`${file}.new`, file)
  return made
}

function parseSecrets(file: string, text: string): Secrets {
  const parsed = secretsSchema.safeParse(JSON.parse(text))
  if (parsed.success) return parsed.data
  throw new Error(`${file} is damaged: put it back, or remove the folder it is in to start anew`)
}

/** Removes a data folder with all its server data, wherever it lies. Only for folders of tests. */
export function removeDataFolder(data: DataFolder): void {
  rmSync(join(sharedServiceHome, data.secrets.instanceId), { recursive: true, force: true })
  rmSync(data.path, { recursive: true, force: true })
}
