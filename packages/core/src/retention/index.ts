export { type Forgotten, prune } from './prune.ts'
