import { InvalidArgumentError } from 'commander'

/** For options: a number above 0. */
export function toNumber(text: string): number {
  const value = Number(text)
  if (!(value > 0)) throw new InvalidArgumentError('a number above 0')
  return value
}

/** For options: a whole number from `least` on; `1_000_000` is one, too. */
export function toCountFrom(least: number): (text: string) => number {
  return (text) => {
    const count = Number(text.replaceAll('_', ''))
    if (!Number.isSafeInteger(count) || count < least)
      throw new InvalidArgumentError(`a whole number from ${least} on`)
    return count
  }
}

/** Tells how far a command is, on standard error: its report has standard output to itself. */
export function sayAs(command: string): (line: string) => void {
  return (line) => void process.stderr.write(`${command.padEnd(8)} | ${line}\n`)
}
