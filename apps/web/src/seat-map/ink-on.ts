/** Black or white, whichever reads better on a colour written `#rrggbb` (WCAG's relative luminance); others get white. */
export function inkOn(color: string): '#000' | '#fff' {
  const [, red, green, blue] = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color) ?? []
  if (red === undefined || green === undefined || blue === undefined) return '#fff'
  const luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  // above 0.179 black has the higher contrast, and at least 4.5; below it white has
  return luminance > 0.179 ? '#000' : '#fff'
}

function linear(hex: string): number {
  const value = Number.parseInt(hex, 16) / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}
