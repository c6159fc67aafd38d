import { isBelow } from './locked-versions.ts'

/**
 * The lowest version of a package without the named advisory. Every version in the lockfile must be at least this, or of an
 * older major that was mended too, from the version that `backports` names.
 */
export type VersionFloor = {
  readonly name: string
  readonly floor: string
  readonly backports?: readonly string[]
  readonly advisory: string
}

/**
 * The advisory service cannot be reached from every place this is built, so the known ones are written down for the
 * packages that face the network or read what strangers send. Raise a floor when an advisory appears.
 */
export const versionFloors: readonly VersionFloor[] = [
  { name: '@fastify/static', floor: '9.1.1', advisory: 'CVE-2026-6414: %2F passes a route guard' },
  { name: '@trpc/server', floor: '11.8.0', advisory: 'CVE-2025-68130: prototype pollution from form data' },
  { name: 'ajv', floor: '8.18.0', advisory: 'CVE-2025-69873: slow patterns through $data' },
  { name: 'brace-expansion', floor: '4.0.1', advisory: 'CVE-2025-5889: slow expansion' },
  { name: 'cookie', floor: '0.7.0', advisory: 'CVE-2024-47764: names and paths out of bounds' },
  { name: 'engine.io', floor: '6.4.2', advisory: 'CVE-2023-31125: one packet stops the server' },
  { name: 'fast-uri', floor: '3.1.1', advisory: 'CVE-2026-6321: decoded dots leave the path' },
  {
    name: 'fastify',
    floor: '5.7.3',
    advisory: 'CVE-2026-25223 and 25224: validation skipped, memory without bound',
  },
  { name: 'find-my-way', floor: '9.0.1', advisory: 'CVE-2024-45813: slow route patterns' },
  { name: 'lodash', floor: '4.18.0', advisory: 'CVE-2026-4800: code in template imports' },
  { name: 'moment', floor: '2.29.4', advisory: 'CVE-2022-31129: slow date parsing' },
  { name: 'nanoid', floor: '3.3.8', advisory: 'CVE-2024-55565: predictable ids from odd sizes' },
  { name: 'postcss', floor: '8.4.31', advisory: 'CVE-2023-44270: a line return hides CSS' },
  { name: 'semver', floor: '7.5.2', advisory: 'CVE-2022-25883: slow ranges' },
  { name: 'sequelize', floor: '6.37.8', advisory: 'CVE-2026-30951: SQL through a JSON cast' },
  { name: 'socket.io', floor: '4.6.2', advisory: 'CVE-2024-38355: one packet stops the server' },
  { name: 'socket.io-parser', floor: '4.2.3', advisory: 'CVE-2023-32695: one packet stops the server' },
  { name: 'validator', floor: '13.15.20', advisory: 'CVE-2025-56200: URL check passed by another delimiter' },
  { name: 'vite', floor: '7.1.11', advisory: 'CVE-2025-62522: denied files served' },
  { name: 'vitest', floor: '3.0.5', advisory: 'CVE-2025-24964: any site reaches the test api' },
  {
    name: 'ws',
    floor: '8.17.1',
    backports: ['7.5.10'],
    advisory: 'CVE-2024-37890: many headers stop the server',
  },
]

/** Whether a version has the advisory. */
export function isAffected(version: string, { floor, backports = [] }: VersionFloor): boolean {
  const line = backports.find((each) => majorOf(each) === majorOf(version))
  return isBelow(version, line ?? floor)
}

function majorOf(version: string): string | undefined {
  return version.split('.')[0]
}
