/** In this order: browsers name those they descend from as well, and phones the systems theirs grew out of. */
const browsers = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Whale\//, 'Whale'],
  [/KAKAOTALK/i, 'KakaoTalk'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const

const systems = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/CrOS/, 'ChromeOS'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/Linux/, 'Linux'],
] as const

/** `Chrome · Android`, from what a device says of itself, as far as that is known; `undefined` for what is no browser. */
export function nameDevice(userAgent: string | null): string | undefined {
  if (userAgent === null) return undefined
  const nameIn = (known: readonly (readonly [RegExp, string])[]): string[] =>
    known.flatMap(([pattern, name]) => (pattern.test(userAgent) ? [name] : [])).slice(0, 1)
  const names = [...nameIn(browsers), ...nameIn(systems)]
  return names.length === 0 ? undefined : names.join(' · ')
}
