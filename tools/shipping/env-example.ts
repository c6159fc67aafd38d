import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

/** One setting as `.env.example` tells it. `value` is its default, empty for none; `readers` stand in brackets behind the text. */
export type DocumentedSetting = { name: string; value: string; says: string; readers: string[] }

/** Every setting of `.env.example`: lines of text, then one or more names that share them. */
export function readEnvExample(text = readFileSync(join(root, '.env.example'), 'utf8')): DocumentedSetting[] {
  return text.split('\n\n').flatMap((block) => {
    const lines = block.split('\n').filter((line) => line !== '')
    const says = lines.filter((line) => !isSetting(line)).map((line) => line.replace(/^# /, ''))
    const comment = says.join(' ')
    const readers = /\[([a-z ]+)\]$/.exec(comment)?.[1]?.split(' ') ?? []
    return lines.filter(isSetting).map((line) => {
      const [name = '', ...value] = line.replace('# ', '').split('=')
      return { name, value: value.join('='), says: comment, readers }
    })
  })
}

const isSetting = (line: string): boolean => /^# [A-Z][A-Z0-9_]*=/.test(line)
