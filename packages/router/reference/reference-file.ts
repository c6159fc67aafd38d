import { join } from 'node:path'

/** Beside the client's README: it goes out with the package. */
export const referenceFile = join(import.meta.dirname, '../../client/API.md')
