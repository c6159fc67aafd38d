import { randomOf } from './random-of.ts'

/** An arena: tier over tier of small lights around a bright stage. Dots are dashes of length zero: one path a row. */
export function PosterBowl({ paintId, seed }: { paintId: string; seed: number }) {
  const random = randomOf(seed)
  const rows = Array.from({ length: 22 }, (_, index) => {
    const depth = index / 21
    return {
      rx: 96 + index * 15.5,
      ry: 30 + index * 9.2,
      cy: 352 - depth * 118,
      dot: 1.5 + depth * 2.1,
      gap: 7 + depth * 5 + random() * 1.5,
      shift: random() * 9,
      opacity: 0.95 - depth * 0.55,
      isAisle: index % 8 === 7,
    }
  })
  const phones = Array.from({ length: 46 }, () => ({
    x: random() * 400,
    y: 40 + random() * 250,
    radius: 1 + random() * 2.2,
  }))
  return (
    <>
      <defs>
        <radialGradient id={`${paintId}glow`} cx=".5" cy=".72" r=".75">
          <stop offset="0" stopColor="var(--accent)" stopOpacity=".95" />
          <stop offset=".35" stopColor="var(--paint-mid)" stopOpacity=".7" />
          <stop offset="1" stopColor="var(--paint-night)" stopOpacity="0" />
        </radialGradient>
        <linearGradient id={`${paintId}floor`} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="var(--paint-hot)" />
          <stop offset="1" stopColor="var(--accent)" />
        </linearGradient>
      </defs>
      <rect width="400" height="500" fill="var(--paint-night)" />
      <rect width="400" height="500" fill={`url(#${paintId}glow)`} />
      {rows
        .filter((row) => !row.isAisle)
        .map((row) => (
          <ellipse
            key={row.rx}
            cx="200"
            cy={row.cy}
            rx={row.rx}
            ry={row.ry}
            fill="none"
            stroke="var(--paint-hot)"
            strokeWidth={row.dot}
            strokeLinecap="round"
            strokeDasharray={`0 ${row.gap}`}
            strokeDashoffset={row.shift}
            opacity={row.opacity}
          />
        ))}
      {phones.map((phone) => (
        <circle key={phone.x} cx={phone.x} cy={phone.y} r={phone.radius} fill="oklch(0.98 0.03 95)" />
      ))}
      <path d="M128 372 L200 40 L272 372Z" fill="var(--paint-hot)" opacity=".13" />
      <path d="M60 372 L330 20 L180 372Z" fill="var(--paint-hot)" opacity=".1" />
      <path d="M340 372 L70 20 L220 372Z" fill="var(--paint-hot)" opacity=".1" />
      <ellipse cx="200" cy="372" rx="84" ry="20" fill={`url(#${paintId}floor)`} />
      <ellipse cx="200" cy="366" rx="84" ry="20" fill="oklch(0.97 0.03 95)" />
      <g fill="oklch(0.14 0.02 190)">
        <rect x="176" y="338" width="5" height="27" rx="2.5" />
        <rect x="198" y="332" width="6" height="34" rx="3" />
        <rect x="221" y="338" width="5" height="27" rx="2.5" />
      </g>
      <rect y="430" width="400" height="70" fill="var(--paint-night)" opacity=".55" />
    </>
  )
}
