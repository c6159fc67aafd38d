// Browsers and Node both have these, the ECMAScript library types do not.
declare const TextEncoder: new () => { encode: (text: string) => Uint8Array }
declare const TextDecoder: new (
  label: string,
  options: { fatal: boolean },
) => { decode: (bytes: Uint8Array) => string }

/** Appends numbers to a growing byte array; `varint` takes whole numbers from 0 to 2^32 - 1, `zigzag` small signed ones. */
export type ByteWriter = {
  varint: (value: number) => void
  zigzag: (value: number) => void
  bytes: (values: Uint8Array) => void
  /** UTF-8, its length first. */
  text: (value: string) => void
  finish: () => Uint8Array<ArrayBuffer>
}

/** Reads what a `ByteWriter` wrote; every method throws `RangeError` at the end of the bytes instead of inventing a value. */
export type ByteReader = {
  varint: () => number
  zigzag: () => number
  bytes: (length: number) => Uint8Array
  text: () => string
  /** A varint that counts things which take at least `minBytesEach` bytes: no file can announce more than it carries. */
  count: (minBytesEach: number) => number
}

/** LEB128: seven bits a byte, low bits first. Seat positions are differences of a few units, so one byte is the rule. */
export function createByteWriter(): ByteWriter {
  let buffer = new Uint8Array(1 << 16)
  let length = 0
  const reserve = (count: number): void => {
    if (length + count <= buffer.length) return
    const larger = new Uint8Array(Math.max(buffer.length * 2, length + count))
    larger.set(buffer)
    buffer = larger
  }
  const varint = (value: number): void => {
    if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) {
      throw new RangeError(`${value} does not fit in a varint`)
    }
    reserve(5)
    let rest = value
    while (rest > 127) {
      buffer[length++] = (rest & 127) | 128
      rest = Math.floor(rest / 128)
    }
    buffer[length++] = rest
  }
  const bytes = (values: Uint8Array): void => {
    reserve(values.length)
    buffer.set(values, length)
    length += values.length
  }
  return {
    varint,
    zigzag: (value) => varint(value < 0 ? -2 * value - 1 : 2 * value),
    bytes,
    text: (value) => {
      const encoded = new TextEncoder().encode(value)
      varint(encoded.length)
      bytes(encoded)
    },
    finish: () => buffer.slice(0, length),
  }
}

export function createByteReader(buffer: Uint8Array): ByteReader {
  let offset = 0
  const varint = (): number => {
    let value = 0
    for (let scale = 1; scale <= 2 ** 28; scale *= 128) {
      const byte = buffer[offset++]
      if (byte === undefined) throw new RangeError('the bytes end too early')
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
    throw new RangeError('a number is longer than five bytes')
  }
  const bytes = (length: number): Uint8Array => {
    if (offset + length > buffer.length) throw new RangeError('the bytes end too early')
    offset += length
    return buffer.subarray(offset - length, offset)
  }
  return {
    varint,
    zigzag: () => {
      const value = varint()
      return value % 2 === 0 ? value / 2 : -(value + 1) / 2
    },
    bytes,
    text: () => new TextDecoder('utf-8', { fatal: true }).decode(bytes(varint())),
    count: (minBytesEach) => {
      const value = varint()
      if (value * minBytesEach > buffer.length - offset)
        throw new RangeError('a count exceeds the bytes left')
      return value
    },
  }
}
