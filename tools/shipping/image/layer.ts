import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** A file system of its own on top of this machine's: what is written in it stays in it. */
export type Layer = {
  /** where a path inside it lies outside of it */
  path: (inside: string) => string
  /** runs as root to its end; throws when it fails */
  run: (command: string[], env: Record<string, string>) => Promise<void>
  /** runs as a user with no rights at all, and goes on running */
  start: (command: string[], env: Record<string, string>, user: string) => ChildProcess
  /** nothing in it can be written from now on, except in tmpfs mounted at these */
  close: (writable: Record<string, string>) => void
  remove: () => void
}

const systemPath = '/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin'

/** Mounts it, with this same Node as its `node`. Needs root, on Linux. */
export function openLayer(name: string): Layer {
  const home = mkdtempSync(`/var/tmp/greenroom-image-${name}-`)
  const merged = join(home, 'merged')
  for (const folder of ['upper', 'work', 'merged']) mkdirSync(join(home, folder))
  mount('-t', 'overlay', 'overlay', '-o', `lowerdir=/,upperdir=${home}/upper,workdir=${home}/work`, merged)
  const path = (inside: string): string => join(merged, inside)
  mount('-t', 'proc', 'proc', path('/proc'))
  mount('--bind', '/dev', path('/dev'))
  const mounted = [path('/proc'), path('/dev')]
  mkdirSync(path('/usr/local/bin'), { recursive: true })
  cpSync(process.execPath, path('/usr/local/bin/node'), { dereference: true })
  chmodSync(path('/usr/local/bin/node'), 0o755)
  return {
    path,
    run: (command, env) =>
      new Promise((resolve, reject) => {
        const child = spawn('chroot', [merged, ...command], {
          env: { PATH: systemPath, HOME: '/root', ...env },
          stdio: ['ignore', 'inherit', 'inherit'],
        })
        child.once('error', reject)
        child.once('exit', (code) =>
          code === 0 ? resolve() : reject(new Error(`${command.join(' ')} ended with ${code}`)),
        )
      }),
    start: (command, env, user) => {
      const [uid = '', gid = ''] = user.split(':')
      const asNobody = ['--clear-groups', '--no-new-privs', '--inh-caps=-all', '--bounding-set=-all']
      const words = [merged, 'setpriv', `--reuid=${uid}`, `--regid=${gid}`, ...asNobody, ...command]
      return spawn('chroot', words, { env: { PATH: systemPath, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    },
    close: (writable) => {
      for (const [folder, options] of Object.entries(writable)) {
        mount('-t', 'tmpfs', 'tmpfs', '-o', options, path(folder))
        mounted.push(path(folder))
      }
      mount('-o', 'remount,ro', merged)
    },
    remove: () => {
      // lazily, so that nothing that still looks keeps it; what is still mounted must not be emptied: it is this machine's /dev
      for (const each of [...mounted.toReversed(), merged]) spawnSync('umount', ['--lazy', each])
      if (readFileSync('/proc/mounts', 'utf8').includes(`${home}/`))
        throw new Error(`${home} is still mounted`)
      rmSync(home, { recursive: true, force: true })
    },
  }
}

function mount(...args: string[]): void {
  const { status, stderr } = spawnSync('mount', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`mount ${args.join(' ')} failed: ${stderr.trim()}`)
}
