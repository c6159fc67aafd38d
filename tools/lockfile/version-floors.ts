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
  {
    name: '@fastify/static',
    floor: '10.1.3',
    advisory: 'CVE-2026-6414, CVE-2026-15074 and GHSA-423g-23ch-w7c6: %2F, dots and // pass a route guard',
  },
  { name: '@trpc/server', floor: '11.8.0', advisory: 'CVE-2025-68130: prototype pollution from form data' },
  { name: 'ajv', floor: '8.18.0', advisory: 'CVE-2025-69873: slow patterns through $data' },
  { name: 'brace-expansion', floor: '5.0.9', advisory: 'CVE-2026-69152: expansion without bound' },
  { name: 'cookie', floor: '0.7.0', advisory: 'CVE-2024-47764: names and paths out of bounds' },
  {
    name: 'engine.io',
    floor: '6.6.9',
    advisory: 'CVE-2026-59725 and GHSA-r635-g3xr-vw7x: a POST stops the server, polls use it up',
  },
  {
    name: 'fast-uri',
    floor: '3.1.5',
    advisory: 'CVE-2026-6321 and GHSA-7p8r-x3mc-p8w7: decoded dots leave the path',
  },
  {
    name: 'fastify',
    floor: '5.8.5',
    advisory:
      'CVE-2026-25223, 25224, 3635 and 33806: validation skipped, memory without bound, a proxy’s word forged',
  },
  { name: 'find-my-way', floor: '9.0.1', advisory: 'CVE-2024-45813: slow route patterns' },
  { name: 'js-yaml', floor: '4.3.1', advisory: 'CVE-2026-59869 and 59870: slow documents' },
  { name: 'lodash', floor: '4.18.0', advisory: 'CVE-2026-4800: code in template imports' },
  { name: 'minimatch', floor: '10.2.1', advisory: 'CVE-2026-26996: slow patterns' },
  { name: 'moment', floor: '2.29.4', advisory: 'CVE-2022-31129: slow date parsing' },
  {
    name: 'nanoid',
    floor: '5.1.11',
    backports: ['3.3.18'],
    advisory: 'CVE-2026-67213 and 73086: no end for ids of no size',
  },
  { name: 'picomatch', floor: '4.0.4', advisory: 'CVE-2026-33671 and 33672: slow patterns' },
  { name: 'postcss', floor: '8.5.18', advisory: 'CVE-2026-45623 and 73646: files read through crafted CSS' },
  { name: 'protobufjs', floor: '7.5.6', advisory: 'CVE-2026-41242 and 44291: code through type definitions' },
  { name: 'semver', floor: '7.5.2', advisory: 'CVE-2022-25883: slow ranges' },
  { name: 'sequelize', floor: '6.37.8', advisory: 'CVE-2026-30951: SQL through a JSON cast' },
  { name: 'socket.io', floor: '4.6.2', advisory: 'CVE-2024-38355: one packet stops the server' },
  {
    name: 'socket.io-parser',
    floor: '4.2.7',
    advisory: 'CVE-2026-33151 and 69185: packets that take all memory',
  },
  { name: 'uuid', floor: '11.1.1', advisory: 'CVE-2026-41907: writes past a short buffer' },
  { name: 'validator', floor: '13.15.20', advisory: 'CVE-2025-56200: URL check passed by another delimiter' },
  { name: 'vite', floor: '8.0.16', advisory: 'CVE-2025-62522 and CVE-2026-53571: denied files served' },
  { name: 'vitest', floor: '3.0.5', advisory: 'CVE-2025-24964: any site reaches the test api' },
  {
    name: 'ws',
    floor: '8.21.0',
    backports: ['7.5.11'],
    advisory: 'CVE-2024-37890 and CVE-2026-48779: many headers, or fragments, stop the server',
  },
  { name: 'yaml', floor: '2.8.3', advisory: 'CVE-2026-33532: deep documents stop the reader' },
]

/** Whether a version has the advisory. */
export function isAffected(version: string, { floor, backports = [] }: VersionFloor): boolean {
  const line = backports.find((each) => majorOf(each) === majorOf(version))
  return isBelow(version, line ?? floor)
}

function majorOf(version: string): string | undefined {
  return version.split('.')[0]
}
