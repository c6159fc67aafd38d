export { readLiveSale } from './read-live-sale.ts'
export { readSaleHistory } from './read-sale-history.ts'
export { readSaleOverview } from './read-sale-overview.ts'
export { sampleSales } from './sample-sales.ts'
