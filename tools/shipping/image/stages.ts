import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DockerfileParser, From, type Instruction } from 'dockerfile-ast'
import { isInBuildContext } from '../build-context.ts'
import { root } from '../env-example.ts'
import { type Layer, openLayer } from './layer.ts'

export type Image = {
  layer: Layer
  env: Record<string, string>
  user: string
  entrypoint: string[]
}

type Stage = Image & { name: string; folder: string }

const text = readFileSync(join(root, 'Dockerfile'), 'utf8')

/**
 * Does what `docker build` does with the Dockerfile, step by step and each in the layer of its stage: the last one's image. This
 * machine's own files stand in the place of the base image, with the Node that the Dockerfile names.
 */
export async function buildStages(say: (line: string) => void): Promise<{ image: Image; layers: Layer[] }> {
  const stages: Stage[] = []
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const content = contentOf(instruction)
    if (instruction instanceof From) {
      const name = content.split(/ as /i)[1] ?? String(stages.length)
      say(`FROM ${content}`)
      stages.push({ name, folder: '/', env: {}, user: '0:0', entrypoint: [], layer: openLayer(name) })
      continue
    }
    const stage = stages.at(-1)
    // ARG before the first FROM is its version of Node, which is ours: dockerfile.test.ts holds them together
    if (stage === undefined) continue
    await doStep(instruction.getKeyword(), content, stage, stages, say)
  }
  const image = stages.at(-1)
  if (image === undefined) throw new Error('the Dockerfile has no stage')
  return { image, layers: stages.map(({ layer }) => layer) }
}

async function doStep(
  keyword: string,
  content: string,
  stage: Stage,
  stages: readonly Stage[],
  say: (line: string) => void,
): Promise<void> {
  const { layer } = stage
  switch (keyword) {
    case 'ENV':
      for (const [, name = '', value = ''] of content.matchAll(/([A-Z_]+)=(\S+)/g)) stage.env[name] = value
      return
    case 'WORKDIR':
      stage.folder = content
      mkdirSync(layer.path(content), { recursive: true })
      return
    case 'COPY':
      return copy(content, stage, stages)
    case 'RUN': {
      const command = content.replace(/^(--\S+\s+(\\\n\s*)?)+/, '')
      say(`RUN ${command.replaceAll(/\s*\\\n\s*/g, ' ')}`)
      await layer.run(['/bin/sh', '-c', `cd ${stage.folder} && ${command}`], stage.env)
      return
    }
    case 'USER':
      stage.user = content
      return
    case 'ENTRYPOINT':
      stage.entrypoint = [...content.matchAll(/"([^"]+)"/g)].map(([, word = '']) => word)
  }
}

function copy(content: string, stage: Stage, stages: readonly Stage[]): void {
  const from = /^--from=(\S+)\s+/.exec(content)
  const words = content.replace(/^--from=\S+\s+/, '').split(/\s+/)
  const target = join(stage.folder, words.pop() ?? '')
  const source = stages.find(({ name }) => name === from?.[1])
  for (const word of words) {
    if (from === null) copyContext(word, stage.layer.path(target))
    else if (source !== undefined) {
      const into =
        target.endsWith('/') && words.length > 1 ? join(target, word.split('/').at(-1) ?? '') : target
      mkdirSync(dirname(stage.layer.path(into)), { recursive: true })
      cpSync(source.layer.path(word), stage.layer.path(into), { recursive: true, verbatimSymlinks: true })
    } else throw new Error(`COPY from a stage that is not there: ${content}`)
  }
}

/** What the build is sent, as .dockerignore has it. */
function copyContext(word: string, into: string): void {
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name)
      // nothing below these is ever sent, and there are 100,000 of them
      if (entry.name === 'node_modules' || entry.name === '.git') continue
      if (entry.isDirectory()) visit(path)
      else if (isInBuildContext(path)) {
        mkdirSync(dirname(join(into, path)), { recursive: true })
        cpSync(join(root, path), join(into, path))
      }
    }
  }
  visit(word === '.' ? '' : word)
}

function contentOf(instruction: Instruction): string {
  const { start, end } = instruction.getRange()
  const lines = text.split('\n').slice(start.line, end.line + 1)
  return lines.join('\n').replace(/^\w+\s+/, '')
}
