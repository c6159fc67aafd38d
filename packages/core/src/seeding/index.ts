export { demoFanCount, demoPassword, seedDemo, type SeedResult } from './seed-demo.ts'
