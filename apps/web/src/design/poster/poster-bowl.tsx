import { randomOf } from './random-of.ts'

/** An arena: tier over tier of small lights around a bright stage. Dots are dashes of length zero: one path a row. */
export function PosterBowl({ paintId, seed }: { paintId: string; seed: number }) {
  const random = randomOf(seed)
  const rows = Array.from({ length: 30 }, (_, index) => {
    const depth = index / 29
    return {
      rx: 98 + index * 11,
      ry: 30 + index * 6.4,
      cy: 352 - depth * 118,
      dot: 1.5 + depth * 1.7,
      gap: 4.6 + depth * 3.4 + random() * 0.8,
      shift: random() * 9,
      opacity: 0.95 - depth * 0.55,
      isAisle: index % 9 === 8,
    }
  })
  const aisles = [-240, -90, 20, 110, 290, 380, 490, 640]
  const phones = Array.from({ length: 46 }, () => ({
    x: random() * 400,
    y: 40 + random() * 250,
    radius: 0.8 + random() * 1.5,
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
      {aisles.map((x) => (
        <path
          key={x}
          d={`M${200 + (x - 200) * 0.32} ${352 * 0.68} L${x} 0`}
          stroke="var(--paint-night)"
          strokeWidth="5"
          opacity=".8"
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
    </>
  )
}
