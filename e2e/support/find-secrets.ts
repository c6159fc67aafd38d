import { createReadStream, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/**
 * What must stand in no log, by its shape: tests of every kind sign up under addresses of these domains, with these passwords,
 * and are handed tokens (compact JWS), partner keys and webhook secrets.
 */
const shapes: Readonly<Record<string, RegExp>> = {
  'an e-mail address': /[\w.+%-]{1,64}(?:@|%40)(?:[\w-]+\.)*(?:example|test|com|org|net)\b/,
  'a signed token': /eyJ[\w-]{8,}\.[\w-]{8,}/,
  'a partner key': /\bgr_\d+_[\w-]{20,}/,
  'a webhook secret': /whsec_[A-Za-z0-9+/]{20,}/,
  'a cookie': /greenroom_(?:session|device)=[^;\s"[]{8,}/,
  'a credential': /\b(?:Bearer|Basic) (?!\[hidden)[\w.+/=-]{8,}/,
  'a password': /a long password|"password":\s*"(?!\[hidden)/,
  'a password of a server': /\/\/[^\s/@"[]+:[^\s/@"[]+@/,
}

type SecretFound = { what: string; file: string; line: string }
export type LogsRead = { files: number; lines: number; found: SecretFound[] }

/**
 * Reads every file of a folder, line by line, for those shapes and for values that this run is known to have had, by what they are: as
 * they are and as an address, a header or a line of JSON spells them. At most 50 findings are told.
 */
export async function findSecrets(
  folder: string,
  values: Readonly<Record<string, string>> = {},
): Promise<LogsRead> {
  const wanted = [
    ...Object.entries(shapes).map(([what, shape]) => ({ what, isIn: (line: string) => shape.test(line) })),
    ...Object.entries(values).map(([what, value]) => ({ what, isIn: speltIn(value) })),
  ]
  const read: LogsRead = { files: 0, lines: 0, found: [] }
  for (const file of readdirSync(folder)) {
    read.files += 1
    for await (const line of createInterface({ input: createReadStream(join(folder, file)) })) {
      read.lines += 1
      for (const { what, isIn } of wanted)
        if (read.found.length < 50 && isIn(line)) read.found.push({ what, file, line: line.slice(0, 300) })
    }
  }
  return read
}

function speltIn(value: string): (line: string) => boolean {
  if (value.length < 6) throw new Error('what is as short as that is found by chance')
  const spellings = [
    value,
    encodeURIComponent(value),
    encodeURIComponent(JSON.stringify(value)),
    new URLSearchParams({ value }).toString().slice('value='.length),
    JSON.stringify(value).slice(1, -1),
    Buffer.from(value).toString('base64').replace(/=+$/, ''),
    Buffer.from(value).toString('base64url'),
    Buffer.from(value).toString('hex'),
  ]
  return (line) => spellings.some((spelling) => line.includes(spelling))
}
