import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'

const texts = /\.(js|css|html|svg|webmanifest)$/
/** Below this a compressed twin saves less than its headers cost. */
const minBytes = 512

/** Writes a `.br` and a `.gz` beside each text of the build: compressed once here, not for each fan there. */
export async function precompress(dist: string): Promise<void> {
  const files = await readdir(dist, { recursive: true })
  await Promise.all(files.filter((file) => texts.test(file)).map((file) => writeTwins(join(dist, file))))
}

async function writeTwins(path: string): Promise<void> {
  const text = await readFile(path)
  if (text.length < minBytes) return
  const [brotli, zipped] = await Promise.all([promisify(brotliCompress)(text), promisify(gzip)(text)])
  await Promise.all([writeFile(`${path}.br`, brotli), writeFile(`${path}.gz`, zipped)])
}
