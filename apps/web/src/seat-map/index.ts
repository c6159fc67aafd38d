export { createSeatFeed, type SeatFeed } from './seat-feed.ts'
export { SeatList } from './seat-list.tsx'
export { SeatMap } from './seat-map.tsx'
export type { SeatMapLabels } from './seat-map-labels.ts'
