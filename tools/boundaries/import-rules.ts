import { type Context, type CreateRule, type SeenImport, visitImports } from './import-visitor.ts'
import { storageDrivers } from './package-table.ts'
import { type ImportTarget, placeOf, type SourcePlace, targetOf } from './source-place.ts'

/** Refuses an import its package's row in the table does not allow, and any way round a package's front door. */
export const packageDirection: CreateRule = importRule((place, target, isTypeOnly) => {
  const { rule, packagePath } = place
  if (target.kind === 'outside') return `${target.path} belongs to no package; move what you need into one`
  if (target.kind === 'builtin') {
    return rule.runsInBrowser && !place.isTest && !isBuildSetting(place)
      ? `node:${target.name} does not exist in a browser, and ${packagePath} runs there: ${rule.why}`
      : undefined
  }
  if (target.kind === 'library') {
    return rule.libraries && !place.isTest && !rule.libraries.includes(target.name)
      ? `${packagePath} may import ${rule.libraries.join(', ')} and no other library: ${rule.why}`
      : undefined
  }
  if (target.kind === 'own') return undefined
  if (target.isRelative) {
    return `a relative path into another package goes round its exports; import @greenroom/${target.name}`
  }
  if (`packages/${target.name}` === packagePath) return 'a package imports its own files by relative path'
  const allowed = [
    ...rule.imports,
    ...(isTypeOnly ? (rule.typesFrom ?? []) : []),
    ...(place.isTest ? (rule.testImports ?? []) : []),
  ]
  if (!allowed.includes(target.name)) {
    const onlyTypes = rule.typesFrom?.includes(target.name) ? ' except with `import type`' : ''
    return `${packagePath} must not import @greenroom/${target.name}${onlyTypes}: ${rule.why}`
  }
  if (target.subpath === 'rules' && packagePath !== 'packages/simulation') {
    return `@greenroom/${target.name}/rules opens the inside for the simulation; import the package itself`
  }
  return target.subpath === 'testing' && !place.isTest
    ? `@greenroom/${target.name}/testing is for tests; shipped code must not depend on it`
    : undefined
})

/** Inside the core a feature sees its own files, platform/, and the index.ts of other features; `rules.ts` is a door itself. */
export const coreDoors: CreateRule = importRule((place, target) => {
  if (place.packagePath !== 'packages/core' || target.kind !== 'own') return undefined
  const from = coreFolderOf(place.file)
  const to = coreFolderOf(target.file)
  if (from === to || from === 'testing' || place.file === 'src/rules.ts') return undefined
  if (to === 'testing')
    return place.isTest ? undefined : 'testing/ is for tests; shipped code must not need it'
  if (to === 'platform') return undefined
  if (from === 'platform' && !place.isTest) {
    return `platform/ is what features stand on; importing ${to || 'the package door'} from it makes a circle`
  }
  return target.file === `src/${to}/index.ts`
    ? undefined
    : `import src/${to}/index.ts: it is the only door of ${to}, so its inside can change without asking`
})

/** Only the files the table names may import a storage driver. */
export const driversInStores: CreateRule = importRule((place, target) => {
  if (target.kind !== 'library' || place.isTest) return undefined
  const driver = storageDrivers.find((name) => target.name === name || target.name.startsWith(`${name}/`))
  if (driver === undefined) return undefined
  const isAllowed = place.rule.drivers.some(
    (door) => door.files.test(place.file) && door.drivers.includes(driver),
  )
  return isAllowed
    ? undefined
    : `${target.name} is a storage driver: keep SQL, Redis and queues behind *-store.ts or platform/ of the core, ` +
        `where their locking can be read in one place (${place.packagePath}: ${place.rule.why})`
})

function importRule(
  refuse: (place: SourcePlace, target: ImportTarget, isTypeOnly: boolean) => string | undefined,
): CreateRule {
  return {
    create: (context: Context) => {
      const place = placeOf(context.filename)
      if (place === undefined) return {}
      return visitImports(({ node, specifier, isTypeOnly }: SeenImport) => {
        const message = refuse(place, targetOf(place, specifier), isTypeOnly)
        if (message !== undefined) context.report({ node, message })
      })
    },
  }
}

const coreFolderOf = (file: string): string => /^src\/([^/]+)\//.exec(file)?.[1] ?? ''

/** `vite.config.ts` and its like run in Node, whatever they build; so do the parts of a build, and what starts it. */
const isBuildSetting = ({ file }: SourcePlace): boolean =>
  /^([\w.-]+\.config|build|weigh|build\/.+)\.ts$/.test(file)
