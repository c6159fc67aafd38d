// `pnpm reference`: writes the client's reference anew.
import { writeFileSync } from 'node:fs'
import { referenceFile } from './reference-file.ts'
import { writeReference } from './write-reference.ts'

writeFileSync(referenceFile, writeReference())
