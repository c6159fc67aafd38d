export { openExport } from './open-export.ts'
