import type { SVGProps } from 'react'

// The icons that the line page draws, as Lucide draws them (https://lucide.dev, ISC license), without what makes icons of
// Lucide's data: 1.6 of the page's 50 kB. The build puts this file in the library's place; one that is missing stops it.

const paths = {
  alert: 'M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20M12 8v4M12 16h.01',
  info: 'M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20M12 16v-4M12 8h.01',
  offline:
    'M12 20h.01M8.5 16.429a5 5 0 0 1 7 0M5 12.859a10 10 0 0 1 5.17-2.69M19 12.859a10 10 0 0 0-2.007-1.523M2 8.82a15 15 0 0 1 4.177-2.643M22 8.82a15 15 0 0 0-11.288-3.764M2 2l20 20',
  check: 'M20 6 9 17l-5-5',
  right: 'm9 18 6-6-6-6',
  person: 'M12 3a5 5 0 1 0 0 10 5 5 0 1 0 0-10M20 21a8 8 0 0 0-16 0',
}

const iconOf = (d: string) => (props: SVGProps<SVGSVGElement>) => (
  <svg
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth="2"
    strokeLinecap="round"
    strokeLinejoin="round"
    {...props}
  >
    <path d={d} />
  </svg>
)

export const CircleAlert = iconOf(paths.alert)
export const Info = iconOf(paths.info)
export const WifiOff = iconOf(paths.offline)
export const Check = iconOf(paths.check)
export const ChevronRight = iconOf(paths.right)
export const UserRound = iconOf(paths.person)
