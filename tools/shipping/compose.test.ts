import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { type ComposeService, composeDocument, ownServices, services, volumes } from './compose-file.ts'
import { root } from './env-example.ts'
import { namesReadBy, readBySdk, readers } from './settings-readers.ts'

// There is no Docker where the tests run, so the file is held to its schema and to what it must say.

const serviceOf = (name: string): ComposeService => {
  const found = services[name]
  if (found === undefined) throw new Error(`there is no service ${name}`)
  return found
}
const named = (profile: string): string[] =>
  Object.keys(services).filter((name) => serviceOf(name).profiles.includes(profile))

const sellers = ownServices.filter(([, { command }]) => command[0] !== 'migrate')
const cores = namesReadBy('core')

/** What is inside the file's own networks: where the parts are, and what follows from that. All else is the operator's to say. */
const fixed = new Set([
  'DATABASE_URL',
  'REDIS_URL',
  'DEPLOYMENT',
  'TRUST_PROXY',
  'DRAIN_NOTICE_MS',
  'DATA_DIR',
  'DATA_PLATFORM_DIR',
  'PORT',
  'LISTEN_HOST',
  'GATEWAY_PORT',
  'PUBLIC_ORIGIN',
  'GATEWAY_ORIGIN',
  'WORKER_HOST',
  'WORKER_PORT',
])

test("it is a compose file by the specification's own schema, and a planted mistake is not", () => {
  const formats = { duration: true, subnet_ip_address: true } as const
  const isCompose = new Ajv({ strict: false, formats }).compile(readComposeSchema())
  isCompose(composeDocument)
  expect(isCompose.errors).toBeNull()
  expect(isCompose({ services: { ...services, 'api-1': { ...serviceOf('api-1'), read_onyl: true } } })).toBe(
    false,
  )
})

test('three profiles: servers, everything that sells, and what looks at it', () => {
  expect(named('infra')).toEqual(['postgres', 'redis'])
  expect(named('app')).toEqual(
    expect.arrayContaining([
      'postgres',
      'redis',
      'migrate',
      'api-1',
      'api-2',
      'gateway-1',
      'gateway-2',
      'worker',
      'proxy',
    ]),
  )
  expect(named('observability')).toEqual(['prometheus', 'grafana'])
  expect(serviceOf('worker').deploy.replicas).toBe(2)
})

test('who waits for another is never started without it', () => {
  const waits = Object.entries(services).flatMap(([name, { depends_on, profiles }]) =>
    Object.entries(depends_on).map(([other, { condition }]) => ({ name, profiles, other, condition })),
  )
  expect(waits.length).toBeGreaterThan(10)
  for (const { name, profiles, other } of waits) {
    expect({ name, without: profiles.filter((each) => !serviceOf(other).profiles.includes(each)) }).toEqual({
      name,
      without: [],
    })
  }
  for (const { other } of waits.filter(({ condition }) => condition === 'service_healthy')) {
    expect(serviceOf(other).healthcheck).toHaveProperty('test')
  }
})

test.each(ownServices)(
  '%s runs as nobody, on a file system it cannot write, with no rights and with a bound on its log',
  (_name, service) => {
    expect(service).toMatchObject({
      user: '10001:10001',
      read_only: true,
      init: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      tmpfs: [expect.stringMatching(/^\/tmp:size=\d+m/)],
      logging: { options: { 'max-size': expect.any(String), 'max-file': expect.any(String) } },
    })
    expect(service.healthcheck).toBeDefined()
    // 8 s of draining after the notice: see packages/core/src/platform/run-process.ts
    expect(Number.parseInt(service.stop_grace_period ?? '', 10)).toBeGreaterThanOrEqual(15)
  },
)

test.each(ownServices)(
  'every setting that %s is given is one it reads, and it can start with them',
  (_name, service) => {
    const [reader = ''] = service.command
    const known = new Set([...namesReadBy(reader), ...(reader === 'migrate' ? [] : [...cores, ...readBySdk])])
    expect(Object.keys(service.environment).filter((name) => !known.has(name))).toEqual([])
    const env = Object.fromEntries(
      Object.entries(service.environment).map(([name, value]) => [name, putIn(value)]),
    )
    expect(() => readers[reader]?.(env)).not.toThrow()
  },
)

test.each(sellers)(
  'every setting that %s reads comes from .env, or is one that this file fixes',
  (_name, service) => {
    const [reader = ''] = service.command
    const read = [...namesReadBy(reader), ...cores, ...readBySdk]
    // each kind of process has a pool of its own size
    const fromEnv = (name: string): boolean =>
      new RegExp(`\\$\\{(\\w+_POOL_SIZE|${name}):`).test(service.environment[name] ?? '')
    expect(read.filter((name) => !fixed.has(name) && !fromEnv(name))).toEqual([])
    expect(read.filter((name) => fixed.has(name) && fromEnv(name))).toEqual([])
  },
)

test.each(sellers)('with all that .env leaves empty %s is as it is with nothing said', (_name, service) => {
  const env = putInAll(service)
  const said = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const read = readers[service.command[0] ?? '']
  expect(Object.keys(said).length).toBeLessThan(Object.keys(env).length - 9)
  expect(read?.(env)).toEqual(read?.(said))
})

test('no secret has a default, and without a SECRET that is long and random nothing of ours starts', () => {
  const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8')
  const secrets = [...text.matchAll(/\$\{(\w*(?:SECRETS?|PASSWORD|TOKEN)\b)(.*?)\}/g)]
  expect(secrets.length).toBeGreaterThan(4)
  for (const [, name, fallback] of secrets) expect({ name, fallback }).toEqual({ name, fallback: ':-' })
  for (const [, service] of sellers) {
    const env = putInAll(service)
    const read = readers[service.command[0] ?? '']
    expect(() => read?.(env)).not.toThrow()
    expect(() => read?.({ ...env, SECRET: '' })).toThrow('SECRET')
    expect(() => read?.({ ...env, SECRET: 'greenroom greenroom' })).toThrow('SECRET')
  }
})

test('who is reached from outside, and who only looks, is on no network with the data; who must talk is on one', () => {
  const on = (name: string): string[] => serviceOf(name).networks
  for (const name of ['postgres', 'redis']) expect(on(name)).toEqual(['data'])
  for (const name of ['proxy', 'prometheus', 'grafana']) expect(on(name)).not.toContain('data')
  const talks: [string, string][] = [
    ...ownServices.flatMap(([name]): [string, string][] => [
      [name, 'postgres'],
      ...(name === 'migrate'
        ? []
        : ([
            [name, 'redis'],
            [name, 'prometheus'],
          ] satisfies [string, string][])),
      ...(/^(api|gateway)-/.test(name) ? ([[name, 'proxy']] satisfies [string, string][]) : []),
    ]),
    ['grafana', 'prometheus'],
  ]
  const apart = talks.filter(([one, other]) => !on(one).some((network) => on(other).includes(network)))
  expect(apart).toEqual([])
})

test('whoever serves fans knows a login that owns nothing, and whoever migrates alone the owner', () => {
  const owners = ownServices.filter(([, { environment }]) => 'DATABASE_OWNER_URL' in environment)
  expect(owners.map(([name]) => name)).toEqual(['migrate'])
  const loginOf = (url = ''): string => new URL(putIn(url)).username
  const { DATABASE_URL, DATABASE_OWNER_URL } = serviceOf('migrate').environment
  expect([loginOf(DATABASE_URL), loginOf(DATABASE_OWNER_URL)]).toEqual(['greenroom_app', 'greenroom'])
  for (const [, { environment }] of ownServices) {
    const told = Object.entries(environment).filter(([name]) => name !== 'DATABASE_OWNER_URL')
    expect(JSON.stringify(told)).not.toContain('${POSTGRES_PASSWORD')
  }
})

test('all processes agree on the settings that they share', () => {
  for (const name of ['SECRET', 'DATABASE_URL', 'REDIS_URL', 'PUBLIC_ORIGIN']) {
    const told = ownServices.flatMap(([, { environment }]) => environment[name] ?? [])
    expect(told.length).toBeGreaterThan(3)
    expect(new Set(told).size).toBe(1)
  }
})

test('the world reaches the proxy alone; Postgres and Redis listen on loopback', () => {
  for (const [name, { ports }] of Object.entries(services)) {
    if (name === 'proxy') continue
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\$\{[A-Z_]+:-(\d+)\}:\1$/)
  }
})

test('every volume that is used is declared, and every file that is mounted exists', () => {
  const used = Object.values(services).flatMap((each) =>
    each.volumes.map((volume) => volume.split(':')[0] ?? ''),
  )
  const isThere = (from: string): boolean =>
    from.startsWith('.') ? existsSync(join(root, from)) : from in volumes
  expect(used.filter((from) => !isThere(from))).toEqual([])
  expect(Object.keys(volumes).filter((name) => !used.includes(name))).toEqual([])
})

test('the proxy sends to processes that are there, on the ports they listen on', () => {
  const caddyfile = readFileSync(join(root, 'deploy/caddy/Caddyfile'), 'utf8')
  const targets = [...caddyfile.matchAll(/reverse_proxy (.+) \{/g)].flatMap(([, list = '']) =>
    list.split(' '),
  )
  const expected = ownServices.flatMap(([name, { environment, command }]) =>
    command[0] === 'api'
      ? [`${name}:${environment['PORT']}`]
      : command[0] === 'gateway'
        ? [`${name}:${environment['GATEWAY_PORT']}`]
        : [],
  )
  expect(targets.toSorted()).toEqual(expected.toSorted())
})

test('Postgres is 18, with its data where that image keeps it, and nothing durable is switched off', () => {
  const postgres = serviceOf('postgres')
  expect(postgres.image).toBe('postgres:18')
  expect(postgres.volumes).toEqual(['postgres:/var/lib/postgresql'])
  expect(postgres.command.join(' ')).not.toMatch(/fsync|synchronous_commit|full_page_writes/)
})

test('there are connections enough for every process at its pool size, and a quarter to spare', () => {
  const most = Number(/max_connections=(\d+)/.exec(serviceOf('postgres').command.join(' '))?.[1])
  const wanted = ownServices.reduce((sum, [, { environment, deploy }]) => {
    const pool = Number(putIn(environment['DATABASE_POOL_SIZE'] ?? '2'))
    // Sequelize opens half as many beside: platform/database.ts
    return sum + (deploy.replicas ?? 1) * (pool + Math.max(2, Math.ceil(pool / 2)))
  }, 0)
  expect(wanted).toBeLessThanOrEqual(most * 0.75)
})

test('Redis never evicts and keeps an append-only file', () => {
  const command = serviceOf('redis').command.join(' ')
  expect(command).toContain('--maxmemory-policy noeviction')
  expect(command).toContain('--appendonly yes')
  expect(command).toContain('--appendfsync everysec')
})

/** The schema that compose-spec publishes, as the linter dclint carries it. */
function readComposeSchema(): object {
  const folder = dirname(createRequire(import.meta.url).resolve('dclint/package.json'))
  // ajv knows the dialect by another address; it is the one that goes without saying
  return z
    .looseObject({})
    .transform((schema) => ({ ...schema, $schema: undefined }))
    .parse(JSON.parse(readFileSync(join(folder, 'schemas/compose.schema.json'), 'utf8')))
}

/** What the process is given, with defaults, and values for what has none. */
function putInAll({ environment }: ComposeService): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, putIn(value)]))
}

/** The text with defaults, and values for what has none. */
function putIn(text: string): string {
  return text.replace(/\$\{([A-Z_]+)(?::-([^}]*))?\}/g, (_all, name: string, fallback?: string) =>
    name === 'SECRET' ? '4n8SSWjDt0Uf3q0c7vH2mZ1kYb6xRr9e' : (fallback ?? ''),
  )
}
