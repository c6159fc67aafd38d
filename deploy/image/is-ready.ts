/** Ends with 0 when the address answers that it is ready, with 1 and the reason when it does not. */
const [url = ''] = process.argv.slice(2)
try {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) })
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
} catch (error) {
  process.stderr.write(`${url}: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
