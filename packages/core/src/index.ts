export { closeDeps, type Deps, openDeps } from './platform/deps.ts'
export { readCoreSettings } from './platform/env.ts'
export { migrate } from './platform/migrate.ts'
