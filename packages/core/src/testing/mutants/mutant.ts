/**
 * One guard that can be taken out, and the test that must fail then. A guard whose loss no test notices is a guard that
 * nobody would miss in a review either.
 */
export type Mutant = {
  /** In kebab-case: what `GREENROOM_MUTANT` is set to. */
  name: string
  /** What the guard keeps away. */
  guard: string
  /** Where it stands, from the repository's root: TypeScript, Lua or a migration. */
  file: string
  /** Texts found exactly once there. Code and scripts: what stands in their place without the guard. */
  without: Record<string, string>
  /** A guard that the database holds: the owner's statement that takes it out of a test's own database. */
  drop?: string
  /**
   * What the test dies of, where that is no expectation of its own (its text, word for word): the product's own refusal, or
   * another guard. An expectation that was not met needs no word.
   */
  fails?: string
  test: { file: string; name: string }
}

/** The mutants of one feature: their files are named from its folder on. */
export function mutantsOf(folder: string, mutants: readonly Mutant[]): Mutant[] {
  const place = (file: string): string => (/^(packages|apps)\//.test(file) ? file : `${folder}/${file}`)
  return mutants.map((mutant) => ({
    ...mutant,
    file: place(mutant.file),
    test: { ...mutant.test, file: place(mutant.test.file) },
  }))
}
