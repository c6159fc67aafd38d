import type { Plugin } from 'vite'

const runtime = /[\\/]src[\\/]paraglide[\\/]runtime\.js$/
const message = /[\\/]src[\\/]paraglide[\\/]messages[\\/](?!_index)[^\\/]+\.js$/

/**
 * The messages' compiler writes for servers, routes and cookies as well: 12 kB of what the line page's script was, 1.7 of its 50 kB
 * as they travel, did nothing there. In the builds a message is one function of its inputs, and what they ask the language of is
 * `src/text/locale-runtime.ts`. A message of another shape than these stops the build.
 */
export function leanMessages(): Plugin {
  return {
    name: 'lean-messages',
    // the compiler's own text, before anything is taken out of it
    enforce: 'pre',
    transform: (code, id) => {
      if (runtime.test(id)) return { code: "export * from '../text/locale-runtime.ts'", map: null }
      return message.test(id) ? { code: leanMessage(code), map: null } : undefined
    },
  }
}

/** A message's module with one function for both languages, or, when a plural must be chosen, one that chooses between two. */
export function leanMessage(code: string): string {
  const [, name, inEnglish = '', inKorean = ''] = choice.exec(code) ?? []
  if (name === undefined) throw new Error(`a message is compiled to another shape:\n${code}`)
  const english = textOf(code, inEnglish)
  const korean = textOf(code, inKorean)
  if (english === undefined || korean === undefined) {
    const chosen = `export const ${name} = (i) => getLocale() === "en" ? ${inEnglish}(i) : ${inKorean}(i)`
    return code.replace('getLocale, experimentalStaticLocale', 'getLocale').replace(choice, () => chosen)
  }
  return `import { getLocale } from '../runtime.js'
export const ${name} = (i) => getLocale() === "en" ? ${english} : ${korean}`
}

const choice =
  /export const (\w+) = \/\*\*.*?\*\/ \(\(inputs(?: = \{\})?, options = \{\}\) => \{\n\tconst locale = experimentalStaticLocale \?\? options\.locale \?\? getLocale\(\)\n\tif \(locale === "en"\) return (\w+)\(inputs\)\n\treturn (\w+)\(inputs\)\n\}\);/s

/** The one text that a language has for the message; `undefined` when it is chosen among several. */
function textOf(code: string, name: string): string | undefined {
  const body =
    String.raw`\(i?\) => \{\n\treturn /\*\* @type \{LocalizedString\} \*/ \((` + quoted + String.raw`)\)\n\};`
  return new RegExp(`const ${name} = /\\*\\*.*?\\*/ ${body}`, 's').exec(code)?.[1]
}

const quoted = '`(?:[^`\\\\]|\\\\.)*`'
