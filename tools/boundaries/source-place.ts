import { dirname, join, relative, resolve, sep } from 'node:path'
import { type PackageRule, packageTable } from './package-table.ts'

const repositoryRoot = resolve(import.meta.dirname, '../..')

/** Where a source file stands: its package, its path inside it, and whether it ships or only tests. */
export type SourcePlace = {
  readonly packagePath: string
  readonly rule: PackageRule
  /** Path inside the package, with `/`. */
  readonly file: string
  readonly isTest: boolean
}

/** What an import names, once relative paths are followed. */
export type ImportTarget =
  | {
      readonly kind: 'workspace'
      readonly name: string
      readonly subpath: string
      readonly isRelative: boolean
    }
  | { readonly kind: 'own'; readonly file: string }
  | { readonly kind: 'outside'; readonly path: string }
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'library'; readonly name: string }

/** The place of an absolute file name, or undefined for files of no package (tools, root settings). */
export const placeOf = (fileName: string): SourcePlace | undefined => {
  const path = relative(repositoryRoot, fileName).split(sep).join('/')
  const packagePath = packagePathOf(path)
  const rule = packagePath === undefined ? undefined : packageTable[packagePath]
  if (packagePath === undefined || rule === undefined) return undefined
  const file = path.slice(packagePath.length + 1)
  return { packagePath, rule, file, isTest: isTestFile(packagePath, file) }
}

export const targetOf = (place: SourcePlace, specifier: string): ImportTarget => {
  if (specifier.startsWith('.')) return relativeTarget(place, specifier)
  const [first = '', second = '', ...rest] = specifier.split('/')
  if (first === '@greenroom')
    return { kind: 'workspace', name: second, subpath: rest.join('/'), isRelative: false }
  if (first.startsWith('node:')) return { kind: 'builtin', name: first.slice('node:'.length) }
  return { kind: 'library', name: first.startsWith('@') ? `${first}/${second}` : first }
}

const relativeTarget = (place: SourcePlace, specifier: string): ImportTarget => {
  const path = join(place.packagePath, dirname(place.file), specifier).split(sep).join('/')
  if (path.startsWith(`${place.packagePath}/`))
    return { kind: 'own', file: path.slice(place.packagePath.length + 1) }
  const packagePath = packagePathOf(path)
  if (packagePath === undefined) return { kind: 'outside', path }
  const name = packagePath.split('/').at(-1) ?? packagePath
  return { kind: 'workspace', name, subpath: path.slice(packagePath.length + 1), isRelative: true }
}

const packagePathOf = (path: string): string | undefined =>
  /^((?:apps|packages)\/[^/]+|bench|e2e)\//.exec(path)?.[1]

const isTestFile = (packagePath: string, file: string): boolean =>
  packagePath === 'e2e' || /\.test\.tsx?$/.test(file) || /(^|\/)testing\//.test(file)
