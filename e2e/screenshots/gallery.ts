import type { Look, Scene } from '../scenes/scene.ts'

export type Picture = { scene: Scene; light: 'light' | 'dark'; file: string } & Pick<
  Look,
  'locale' | 'device'
>

/** A page that shows each scene's pictures in one row, to be looked at one by one. */
export function gallery(pictures: Picture[]): string {
  const rows = [...Map.groupBy(pictures, ({ scene }) => scene.name)].map(
    ([name, ofScene]) =>
      `<section id="${name}"><h2>${name}</h2>${ofScene.map(({ file }) => figure(file)).join('')}</section>`,
  )
  return `<!doctype html><meta charset="utf-8"><title>Greenroom, every page in every state</title><style>
body { margin: 1rem; background: #777; color: #fff; font: 1rem system-ui }
section { display: flex; gap: .5rem; align-items: start; overflow-x: auto }
h2 { writing-mode: vertical-rl; margin: 0; font-size: 1rem }
figure { margin: 0 } img { height: 24rem } figcaption { font-size: .75rem }
</style>${rows.join('\n')}`
}

function figure(file: string): string {
  return `<figure><a href="${file}"><img loading="lazy" src="${file}" alt=""></a><figcaption>${file}</figcaption></figure>`
}
