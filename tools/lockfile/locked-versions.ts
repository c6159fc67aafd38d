/** Every version of every package a pnpm lockfile installs, by package name. */
export function lockedVersions(lockfile: string): Map<string, string[]> {
  const versions = new Map<string, string[]>()
  const packagesSection = /^packages:\n([\s\S]*?)^snapshots:/m.exec(lockfile)?.[1] ?? ''
  for (const [, name = '', version = ''] of packagesSection.matchAll(
    /^ {2}'?(@?[^@'\s]+)@(\d[^:'(\s]*)'?:$/gm,
  )) {
    versions.set(name, [...(versions.get(name) ?? []), version])
  }
  return versions
}

/** True when `version` is older than `floor`; a pre-release counts as older than its release. */
export function isBelow(version: string, floor: string): boolean {
  const [core = '', preRelease] = version.split('-')
  const order = core.localeCompare(floor, 'en', { numeric: true })
  return order < 0 || (order === 0 && preRelease !== undefined)
}
