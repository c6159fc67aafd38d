const carriageReturn = 13
const maxNameBytes = 64

/**
 * Reads the commands of a Redis client (RESP arrays of bulk strings) out of its chunks, however they are cut. `onCommand`
 * gets the first two words, in lower case: the command, and for EVALSHA the script's hash.
 */
export function createCommandReader(
  onCommand: (command: string, subject: string) => void,
): (chunk: Buffer) => void {
  let pending: Buffer = Buffer.alloc(0)
  let wordsLeft = 0
  let words: string[] = []
  let skipBytes = 0

  const readLine = (): string | undefined => {
    const end = pending.indexOf(carriageReturn)
    if (end < 0 || pending.length < end + 2) return undefined
    const line = pending.toString('latin1', 0, end)
    pending = pending.subarray(end + 2)
    return line
  }
  const finishWord = (): void => {
    wordsLeft -= 1
    if (wordsLeft > 0) return
    onCommand(words[0] ?? '', words[1] ?? '')
    words = []
  }
  const readOne = (): boolean => {
    if (skipBytes > 0) {
      const skipped = Math.min(skipBytes, pending.length)
      skipBytes -= skipped
      pending = pending.subarray(skipped)
      if (skipBytes > 0) return false
      finishWord()
      return true
    }
    const before = pending
    const line = readLine()
    if (line === undefined) return false
    if (line.startsWith('*')) {
      wordsLeft = Number(line.slice(1))
      return true
    }
    const bytes = Number(line.slice(1))
    if (words.length < 2) {
      const head = Math.min(bytes, maxNameBytes)
      if (pending.length < head) {
        pending = before
        return false
      }
      words.push(pending.toString('latin1', 0, head).toLowerCase())
    }
    skipBytes = bytes + 2
    return true
  }
  return (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    while (pending.length > 0 && readOne());
  }
}
