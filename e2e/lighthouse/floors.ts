export const categories = ['performance', 'accessibility', 'best-practices'] as const
export type Category = (typeof categories)[number]

/** Out of 100. */
export const floors: Record<Category, number> = { performance: 95, accessibility: 100, 'best-practices': 100 }

export type PageScores = {
  page: string
  form: 'phone' | 'desktop'
  scores: Record<Category, number>
  /** Simulated for the phone: what a slow network and a four times slower processor would have made of it. */
  firstPaintMs: number
  largestPaintMs: number
  blockingMs: number
  layoutShift: number
  /** Audits that cost points, with how many of a hundred they got. */
  losses: { audit: string; score: number; shown: string }[]
}

/** Each score below its floor, as a sentence. */
export function findWanting(results: PageScores[]): string[] {
  return results.flatMap(({ page, form, scores }) =>
    categories
      .filter((category) => scores[category] < floors[category])
      .map((category) => `${page}, ${form}: ${category} ${scores[category]} of ${floors[category]}`),
  )
}
