/** No amount on the wire is larger, in minor units: a thousandth of where a number stops being exact. */
export const maxAmountMinor = 1_000_000_000_000
