import { writeFile } from 'node:fs/promises'
import { encode } from 'uqr'

const widthPx = 640
const heightPx = 480
const modulePx = 6
const framesPerSecond = 10

/**
 * Writes a film (Y4M) that holds a QR code out for a second and shows nothing for three, for a browser to take for its
 * camera. It begins anew when it is over.
 */
export async function filmCode(path: string, text: string): Promise<void> {
  const seen = frame(paintCode(text))
  const empty = frame(new Uint8Array(widthPx * heightPx).fill(200))
  const frames = Array.from({ length: 4 * framesPerSecond }, (_, nth) =>
    nth < framesPerSecond ? seen : empty,
  )
  const head = Buffer.from(`YUV4MPEG2 W${widthPx} H${heightPx} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`)
  await writeFile(path, Buffer.concat([head, ...frames.flat()]))
}

/** Without colour: both chroma planes are grey. */
function frame(luma: Uint8Array): Uint8Array[] {
  return [Buffer.from('FRAME\n'), luma, new Uint8Array((widthPx * heightPx) / 2).fill(128)]
}

function paintCode(text: string): Uint8Array {
  const { data, size } = encode(text, { ecc: 'M', border: 4 })
  const luma = new Uint8Array(widthPx * heightPx).fill(235)
  const [left, top] = [
    Math.floor((widthPx - size * modulePx) / 2),
    Math.floor((heightPx - size * modulePx) / 2),
  ]
  for (const [y, row] of data.entries()) {
    for (const [x, isDark] of row.entries()) {
      if (!isDark) continue
      for (let line = 0; line < modulePx; line += 1) {
        const from = (top + y * modulePx + line) * widthPx + left + x * modulePx
        luma.fill(16, from, from + modulePx)
      }
    }
  }
  return luma
}
