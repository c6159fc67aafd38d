import { createReadStream, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/**
 * What must stand in no log, by its shape: tests of every kind sign up under addresses of these domains, with these passwords,
 * and are handed tokens (compact JWS), partner keys and webhook secrets.
 */
const shapes: Readonly<Record<string, RegExp>> = {
  'an e-mail address': /[\w.+-]{1,64}@(?:[\w-]+\.)*(?:example|test|com|org|net)\b/,
  'a signed token': /eyJ[\w-]{8,}\.[\w-]{8,}/,
  'a partner key': /\bgr_\d+_[\w-]{20,}/,
  'a webhook secret': /whsec_[A-Za-z0-9+/]{20,}/,
  'a cookie': /greenroom_session=[^;\s"[]{8,}/,
  'a credential': /\b(?:Bearer|Basic) (?!\[hidden)[\w.+/=-]{8,}/,
  'a password': /a long password|"password":\s*"(?!\[hidden)/,
  'a password of a server': /\/\/[^\s/@"[]+:[^\s/@"[]+@/,
}

type SecretFound = { what: string; file: string; line: string }
export type LogsRead = { files: number; lines: number; found: SecretFound[] }

/** Reads every file of a folder, line by line; at most 50 findings are told. */
export async function findSecrets(folder: string): Promise<LogsRead> {
  const read: LogsRead = { files: 0, lines: 0, found: [] }
  for (const file of readdirSync(folder)) {
    read.files += 1
    for await (const line of createInterface({ input: createReadStream(join(folder, file)) })) {
      read.lines += 1
      for (const [what, shape] of Object.entries(shapes))
        if (shape.test(line) && read.found.length < 50)
          read.found.push({ what, file, line: line.slice(0, 300) })
    }
  }
  return read
}
