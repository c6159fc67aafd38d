import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What is written above a procedure, and who may call it. */
export type Words = {
  access: 'public' | 'fan' | 'operator'
  text: string
  refusals: { code: string; when: string }[]
}

/** The words above each procedure of one router's file; `undefined` where there are none. */
export function readWords(source: string): Map<string, Words | undefined> {
  const bases = new Map(
    [...source.matchAll(/^const (\w+)Procedure = (\w+)Procedure/gm)].map(([, own, base]) => [own, base]),
  )
  const procedures = source.matchAll(
    /(?:^ {2}\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?^ {2}(\w+): (\w+)Procedure/gm,
  )
  return new Map(
    [...procedures].map(([, comment, name = '', access]) => [
      name,
      comment === undefined ? undefined : wordsOf(comment, bases.get(access) ?? access),
    ]),
  )
}

/** Of all routers, by the procedure's path, such as `seats.snapshot`. */
export function readAllWords(sourceFolder: string): Map<string, Words | undefined> {
  const files = globSync('*-router.ts', { cwd: sourceFolder }).filter((file) => file !== 'app-router.ts')
  return new Map(
    files.flatMap((file) => {
      const router = file
        .replace('-router.ts', '')
        .replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase())
      const words = readWords(readFileSync(join(sourceFolder, file), 'utf8'))
      return [...words].map(([name, each]): [string, Words | undefined] => [`${router}.${name}`, each])
    }),
  )
}

function wordsOf(comment: string, access: string | undefined): Words {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\*? ?/, '').trim())
  const refusals = lines.flatMap((line) => {
    const [, code, when] = /^@throws (\w+) ?(.*)$/.exec(line) ?? []
    return code === undefined ? [] : [{ code, when: when ?? '' }]
  })
  const text = lines
    .filter((line) => !line.startsWith('@throws'))
    .join(' ')
    .trim()
  return { access: access === 'fan' || access === 'operator' ? access : 'public', text, refusals }
}
