export { readSaleOverview } from './read-sale-overview.ts'
