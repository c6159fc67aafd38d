/**
 * A show's seats at one moment, two bits a seat: seat `ordinal` sits in byte `ordinal >> 2`, at bit `(ordinal & 3) * 2`.
 * 20,000 seats are 5 kB; the server packs once per change, not once per reader.
 */
export function packSeatCodes(codes: Uint8Array): Uint8Array {
  const packed = new Uint8Array(Math.ceil(codes.length / 4))
  codes.forEach((code, ordinal) => {
    const byte = ordinal >> 2
    packed[byte] = (packed[byte] ?? 0) | ((code & 3) << ((ordinal & 3) * 2))
  })
  return packed
}

/** The inverse of `packSeatCodes`: one code a seat, for exactly `seatCount` seats. */
export function unpackSeatCodes(packed: Uint8Array, seatCount: number): Uint8Array {
  const codes = new Uint8Array(seatCount)
  for (let ordinal = 0; ordinal < seatCount; ordinal++) {
    codes[ordinal] = ((packed[ordinal >> 2] ?? 0) >> ((ordinal & 3) * 2)) & 3
  }
  return codes
}
