import type { ReactNode } from 'react'

/** What a page says when it has nothing to show: an unlit lamp, why, and where to go. */
export function EmptyState(props: {
  title: ReactNode
  children?: ReactNode
  action?: ReactNode
  /** below a page's own heading; else this is it */
  isPart?: boolean
}) {
  const Heading = props.isPart === true ? 'h2' : 'h1'
  return (
    <div className="flex flex-col items-center px-4 py-16 text-center">
      <svg viewBox="0 0 120 96" className="h-24 w-30 text-rule" aria-hidden="true">
        <path d="M60 0v26" stroke="currentColor" strokeWidth="3" />
        <path d="M44 40a16 16 0 0 1 32 0v6H44z" fill="currentColor" />
        <path d="M44 50 14 96h92L76 50z" fill="currentColor" opacity=".18" />
        <circle cx="60" cy="49" r="7" fill="currentColor" />
      </svg>
      <Heading className="mt-6 text-xl">{props.title}</Heading>
      {props.children !== undefined && <p className="mt-2 max-w-md text-soft">{props.children}</p>}
      {props.action !== undefined && <div className="mt-6">{props.action}</div>}
    </div>
  )
}
