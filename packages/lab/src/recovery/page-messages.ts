/** To a process of pages: open one page for each of these viewers. */
export type OpenPages = {
  apiUrl: string
  gatewayUrl: string
  showId: number
  viewers: { token: string; pass: string }[]
}

/** From it: what its pages show. `maps`: how many pages show this map, seat code by seat code. */
export type PagesSeen = { pages: number; live: number; maps: Record<string, number> }
