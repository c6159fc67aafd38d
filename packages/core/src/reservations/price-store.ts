/**
 * What a seat costs now, for a statement that has the concert's id and the seat's category. Read by the statement that holds, since
 * what the seat's own row says is what it cost when it was held last.
 */
export function priceNowSql(concertId: string, categoryCode: string): string {
  return `(select price_minor from prices where prices.concert_id = ${concertId} and prices.category_code = ${categoryCode})`
}
