export { createSeatFeed, type SeatFeed } from './seat-feed.ts'
export type { SeatLook } from './seat-look.ts'
export { SeatMap, type SeatMapProps } from './seat-map.tsx'
export type { SeatMapLabels } from './seat-map-labels.ts'
