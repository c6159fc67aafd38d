/** A writer of log lines that start with who speaks, in a column of its own. */
export function sayAs(name: string): (line: string) => void {
  const prefix = `${name.padEnd(8)} | `
  return (line) => process.stdout.write(`${prefix}${line}\n`)
}

/** A reader that went away (`npm start | head`) is no reason to fall over. */
export function tolerateClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
}
