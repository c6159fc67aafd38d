import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { longFiles } from './long-files.ts'

/** After the long files: browsers before servers before neither. */
const projects = ['e2e', 'int', 'unit']

/**
 * The files that take longest begin, so that no worker is left alone with one of them at the end; groups keep their order.
 * Vitest goes by what a file took the last time, which a fresh clone does not know, or by its size, which does not tell.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.toSorted((one, other) => groupOf(one) - groupOf(other) || rankOf(one) - rankOf(other))
  }
}

const groupOf = ({ project }: TestSpecification): number => project.config.sequence.groupOrder

function rankOf({ moduleId, project }: TestSpecification): number {
  const place = longFiles.findIndex((name) => moduleId.endsWith(`/${name}`))
  return place === -1 ? longFiles.length + projects.indexOf(project.name) : place
}
