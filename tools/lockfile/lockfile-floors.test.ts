import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isBelow, lockedVersions } from './locked-versions.ts'
import { isAffected, versionFloors } from './version-floors.ts'

const lockfile = readFileSync(resolve(import.meta.dirname, '../../pnpm-lock.yaml'), 'utf8')
const locked = lockedVersions(lockfile)

describe('no package is locked to a version with a known advisory', () => {
  test.for(versionFloors)('$name is at least $floor ($advisory)', (each) => {
    const versions = locked.get(each.name) ?? []
    expect(versions, `${each.name} left the lockfile: drop its floor`).not.toEqual([])
    expect(versions.filter((version) => isAffected(version, each))).toEqual([])
  })

  test('an older version, a second copy and a pre-release are each found out', () => {
    const planted = lockedVersions(
      "packages:\n\n  ws@8.17.0:\n    resolution: {}\n\n  ws@8.23.0:\n    resolution: {}\n\n  '@fastify/static@9.1.1-beta.1':\n    resolution: {}\n\nsnapshots:\n",
    )
    expect(planted.get('ws')?.filter((version) => isBelow(version, '8.17.1'))).toEqual(['8.17.0'])
    expect(planted.get('@fastify/static')?.filter((version) => isBelow(version, '9.1.1'))).toEqual([
      '9.1.1-beta.1',
    ])
  })

  test('an older major that was mended too is known by its own version', () => {
    const floor = { name: 'ws', floor: '8.17.1', backports: ['7.5.10'], advisory: '' }
    const versions = ['6.2.2', '7.5.9', '7.5.10', '8.17.0', '8.17.1']
    expect(versions.filter((version) => isAffected(version, floor))).toEqual(['6.2.2', '7.5.9', '8.17.0'])
  })
})
