import type { CreateRule } from './import-visitor.ts'
import { placeOf } from './source-place.ts'

const envMessage =
  'read settings in env.ts alone: parsed once at start, a missing or wrong one stops the process with its name'

/** Only env.ts files read the environment, of Node (`process.env`) or of Vite (`import.meta.env`). */
export const envInEnvFiles: CreateRule = {
  create: (context) => {
    const place = placeOf(context.filename)
    if (place === undefined || place.isTest || /(^|\/)env\.ts$/.test(place.file)) return {}
    return {
      MemberExpression: (node) => {
        if (propertyOf(node) !== 'env') return
        const { object } = node
        const isProcess = object.type === 'Identifier' && object.name === 'process'
        const isNestedProcess = object.type === 'MemberExpression' && propertyOf(object) === 'process'
        if (isProcess || isNestedProcess || object.type === 'MetaProperty')
          context.report({ node, message: envMessage })
      },
      VariableDeclarator: (node) => {
        if (
          node.init?.type !== 'Identifier' ||
          node.init.name !== 'process' ||
          node.id.type !== 'ObjectPattern'
        )
          return
        const takesEnv = node.id.properties.some(
          (property) =>
            property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === 'env',
        )
        if (takesEnv) context.report({ node, message: envMessage })
      },
      ImportDeclaration: (node) => {
        if (node.source.value !== 'node:process' && node.source.value !== 'process') return
        const takesEnv = node.specifiers.some(
          (specifier) =>
            specifier.type === 'ImportSpecifier' &&
            specifier.imported.type === 'Identifier' &&
            specifier.imported.name === 'env',
        )
        if (takesEnv) context.report({ node, message: envMessage })
      },
    }
  },
}

const clockMessage =
  'the core decides by Postgres now() or Redis TIME: processes disagree about the time, the database does not'

/** The core asks the database for the time; only platform/ and tests may read this process's clock. */
export const databaseClock: CreateRule = {
  create: (context) => {
    const place = placeOf(context.filename)
    if (place?.packagePath !== 'packages/core' || place.isTest || place.file.startsWith('src/platform/'))
      return {}
    return {
      MemberExpression: (node) => {
        if (node.object.type === 'Identifier' && node.object.name === 'Date' && propertyOf(node) === 'now') {
          context.report({ node, message: clockMessage })
        }
      },
      NewExpression: (node) => {
        if (node.callee.type !== 'Identifier' || node.callee.name !== 'Date' || node.arguments.length > 0)
          return
        context.report({ node, message: clockMessage })
      },
      CallExpression: (node) => {
        if (node.callee.type === 'Identifier' && node.callee.name === 'Date')
          context.report({ node, message: clockMessage })
      },
    }
  },
}

/** A file or folder says what is in it; these names say that nobody decided. */
export const tellingNames: CreateRule = {
  create: (context) => {
    const place = placeOf(context.filename)
    const vague = /(^|[/-])(utils?|common|helpers?|managers?|misc)(?=[/.-])/.exec(place?.file ?? '')?.[2]
    if (vague === undefined) return {}
    return {
      Program: (node) =>
        context.report({
          node,
          message: `"${vague}" names no thing: call the file after its one noun or verb`,
        }),
    }
  },
}

const propertyOf = (node: { computed: boolean; property: { type: string } }): string | undefined => {
  const { property } = node
  if (!node.computed && 'name' in property && typeof property.name === 'string') return property.name
  return 'value' in property && typeof property.value === 'string' ? property.value : undefined
}
