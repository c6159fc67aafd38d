import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'

/** A link of a page that leads nowhere, said as `page: link (why)`. */
export type BrokenLink = string

/** The relative links and anchors of a Markdown page that do not resolve below `root`. Web addresses are not fetched. */
export function brokenLinks(root: string, page: string): BrokenLink[] {
  return linksOf(readFileSync(page, 'utf8')).flatMap((link) => {
    const why = whyBroken(root, page, link)
    return why === undefined ? [] : [`${relative(root, page)}: ${link} (${why})`]
  })
}

/** Anchors a page offers, by the rule that code hosts use: lower case, no punctuation, spaces to hyphens. */
export function anchorsOf(markdown: string): Set<string> {
  const anchors = new Set<string>()
  const prose = withoutCodeBlocks(markdown)
  for (const [, heading = ''] of prose.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const slug = slugOf(heading)
    let anchor = slug
    for (let repeat = 1; anchors.has(anchor); repeat += 1) anchor = `${slug}-${repeat}`
    anchors.add(anchor)
  }
  for (const [, id = ''] of prose.matchAll(/<[^>]+\s(?:id|name)="([^"]+)"/g)) anchors.add(id)
  return anchors
}

function linksOf(markdown: string): string[] {
  const prose = withoutCodeBlocks(markdown).replaceAll(/`[^`\n]*`/g, '')
  const patterns = [
    /\]\(<?([^)\s>]+)>?(?:\s+["'][^)]*)?\)/g,
    /^\[[^\]^]+\]:\s+<?(\S+?)>?(?:\s|$)/gm,
    /<(?:a|img|source)\s[^>]*?(?:href|src)="([^"]+)"/g,
  ]
  return patterns.flatMap((pattern) => [...prose.matchAll(pattern)].map(([, link = '']) => link))
}

function whyBroken(root: string, page: string, link: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(link)) return undefined
  const [path = '', anchor] = decodeURIComponent(link).split('#')
  const target =
    path === '' ? page : resolve(path.startsWith('/') ? root : dirname(page), path.replace(/^\//, ''))
  if (relative(root, target).startsWith('..')) return 'leaves the repository'
  if (!existsSync(target)) return 'no such file'
  if (anchor === undefined || !target.endsWith('.md')) return undefined
  if (statSync(target).isDirectory()) return 'an anchor of a folder'
  return anchorsOf(readFileSync(target, 'utf8')).has(anchor) ? undefined : 'no such heading'
}

function slugOf(heading: string): string {
  const text = heading.replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/<[^>]+>/g, '')
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-')
}

const withoutCodeBlocks = (markdown: string): string =>
  markdown.replaceAll(/^(\s*)(```+|~~~+)[\s\S]*?^\s*\2`*~*\s*$/gm, '')
