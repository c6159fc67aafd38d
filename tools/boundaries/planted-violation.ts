/** One rule broken on purpose, and the twin that says the same thing the allowed way. */
export type PlantedViolation = {
  readonly rule: string
  readonly breaks: string
  readonly bad: SourceFile
  readonly good: SourceFile
}

type SourceFile = { readonly path: string; readonly code: string }

export const file = (path: string, code: string): SourceFile => ({ path, code: `${code}\n` })
