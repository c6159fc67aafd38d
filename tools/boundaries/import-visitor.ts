import type { RuleTester } from 'oxlint/plugins-dev'

/** The linter publishes its rule type only through its tester. */
type Rule = Parameters<RuleTester['run']>[1]
export type CreateRule = Extract<Rule, { create: unknown }>
export type Context = Parameters<CreateRule['create']>[0]
type Visitor = ReturnType<CreateRule['create']>
type Node = NonNullable<Parameters<Context['report']>[0]['node']>

export type SeenImport = { readonly node: Node; readonly specifier: string; readonly isTypeOnly: boolean }

/**
 * Calls `see` for each module a file names: import, export from, `import()`, `require()` and the type `import('x')`.
 * Only a whole `import type` counts as type-only: `import { type A }` still loads the module at run time.
 */
export const visitImports = (see: (seen: SeenImport) => void): Visitor => ({
  ImportDeclaration: (node) =>
    see({ node, specifier: node.source.value, isTypeOnly: node.importKind === 'type' }),
  ExportAllDeclaration: (node) =>
    see({ node, specifier: node.source.value, isTypeOnly: node.exportKind === 'type' }),
  ExportNamedDeclaration: (node) => {
    if (node.source) see({ node, specifier: node.source.value, isTypeOnly: node.exportKind === 'type' })
  },
  ImportExpression: (node) => {
    const specifier = textOf(node.source)
    if (specifier !== undefined) see({ node, specifier, isTypeOnly: false })
  },
  CallExpression: (node) => {
    if (node.callee.type !== 'Identifier' || node.callee.name !== 'require') return
    const specifier = textOf(node.arguments[0])
    if (specifier !== undefined) see({ node, specifier, isTypeOnly: false })
  },
  TSImportType: (node) => {
    see({ node, specifier: node.source.value, isTypeOnly: true })
  },
})

const textOf = (node: { type: string; value?: unknown } | undefined): string | undefined =>
  node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined
