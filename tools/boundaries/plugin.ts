import { databaseClock, envInEnvFiles, tellingNames } from './ambient-rules.ts'
import { coreDoors, driversInStores, packageDirection } from './import-rules.ts'

/** The project's own lint rules; .oxlintrc.json loads this file. */
export default {
  meta: { name: 'greenroom' },
  rules: {
    'package-direction': packageDirection,
    'core-doors': coreDoors,
    'drivers-in-stores': driversInStores,
    'env-in-env-files': envInEnvFiles,
    'database-clock': databaseClock,
    'telling-names': tellingNames,
  },
}
