import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The first of these programs that PATH offers, as a full path. */
export function findOnPath(names: string[], searchPath: string): string | undefined {
  for (const name of names) {
    for (const folder of searchPath.split(delimiter)) {
      const file = join(folder, name)
      if (isProgram(file)) return file
    }
  }
  return undefined
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch (error) {
    if (error instanceof Error) return false
    throw error
  }
}
