/** Red, green and blue, 0..255. */
export type Rgb = readonly [number, number, number]

/** How much lighter one colour is than the other, 1..21, as WCAG 2 measures it: text needs 4.5, shapes 3. */
export function contrastOf(a: Rgb, b: Rgb): number {
  const [dark = 0, light = 0] = [luminanceOf(a), luminanceOf(b)].toSorted((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

function luminanceOf([red, green, blue]: Rgb): number {
  const [r, g, b] = [linear(red), linear(green), linear(blue)]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function linear(part: number): number {
  const share = part / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}
