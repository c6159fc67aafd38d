import type { Verdict } from './judge-mutants.ts'

/** The table of the docs: written by `pnpm mutants`, never by hand. */
export function describeMutants(verdicts: readonly Verdict[]): string {
  const killed = verdicts.filter(({ outcome }) => outcome === 'killed').length
  const rows = verdicts.map(({ mutant, outcome, message }) => {
    const { name, guard, file, test } = mutant
    const kind = mutant.drop === undefined ? '' : ` (\`${mutant.drop}\`)`
    const cells = [
      `\`${name}\``,
      guard,
      `\`${shortOf(file)}\`${kind}`,
      `${test.name} (\`${shortOf(test.file)}\`)`,
      outcome === 'killed' ? `\`${withoutChance(message)}\`` : `**${outcome}**`,
    ]
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  })
  return `# Negative controls

Written by \`pnpm mutants\`; do not edit. Each line is one guard of the product: it is taken out, and the named test must
fail then, while it passes with the guard in. A test that died of anything but an unmet expectation, or of what the table in
packages/core/src/testing/mutants names beforehand, counts as unproven. **${killed} of ${verdicts.length} mutants were killed.**

| mutant | what the guard keeps away | where | the test that must fail | what it said |
|---|---|---|---|---|
${rows.join('\n')}
`
}

function shortOf(file: string): string {
  return file.replace(/^packages\/core\/src\//, '').replace(/^packages\//, '')
}

/** Ids, tokens and moments are others in each run, and the table is to change when something else does. */
function withoutChance(message: string): string {
  return message
    .replaceAll(/eyJ[\w.-]+|whsec_[\w+/=]+|[\da-f]{32,}|[\da-f]{8}-[\da-f-]{27}|\d{6,}/g, '…')
    .replaceAll('`', "'")
}
