import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Poster } from '../design/poster/poster.tsx'

/** The other of the two pages, for those who came to the wrong one. */
type OtherPage = {
  question: string
  path: '/sign-in' | '/sign-up'
  name: string
  returnTo: string | undefined
}

/** Signing in or up: the form beside a picture of where it leads. */
export function SessionFrame(props: { title: string; other: OtherPage; children: ReactNode }) {
  const { question, path, name, returnTo } = props.other
  return (
    <div className="page grid flex-1 items-center gap-16 py-10 sm:py-16 lg:grid-cols-[1fr_26rem]">
      <Poster
        concertId={1}
        accent="oklch(0.8 0.15 76)"
        className="hidden aspect-[4/5] w-full max-w-[27rem] justify-self-center rounded-panel lg:block"
      />
      <div className="mx-auto w-full max-w-md">
        <h1 className="text-3xl">{props.title}</h1>
        <div className="mt-8">{props.children}</div>
        <p className="mt-6 text-soft">
          {question}{' '}
          <Link
            to={path}
            search={returnTo === undefined ? {} : { to: returnTo }}
            className="font-semibold text-lamp-text underline underline-offset-4"
          >
            {name}
          </Link>
        </p>
      </div>
    </div>
  )
}
