import type { FailedJob } from '@greenroom/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { api } from '../../data/api.ts'
import { Button, buttonLook } from '../../design/button.tsx'
import { ConfirmDialog } from '../../design/confirm-dialog.tsx'
import { EmptyState } from '../../design/empty-state.tsx'
import { Notice } from '../../design/notice.tsx'
import { Panel } from '../../design/panel.tsx'
import { Skeleton } from '../../design/skeleton.tsx'
import { useTitle } from '../../design/use-title.ts'
import { m } from '../../paraglide/messages.js'
import { tellCount } from '../../text/money.ts'
import { tellFailure } from '../../text/tell-failure.ts'
import { tellWhen } from '../tell-when.ts'
import { jobWords } from './job-words.ts'

/** Jobs that failed for good: what each is for, what happens without it, what it died of, and a way to try it again. */
export function JobsPage() {
  useTitle(m.jobs_title())
  const found = useQuery({ ...api.history.failedJobs.queryOptions(), refetchInterval: 5_000 })
  const failure = tellFailure(found.error)
  const { queues = [], jobs } = found.data ?? {}
  return (
    <div className="page py-8">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="text-3xl">{m.jobs_title()}</h1>
          <p className="mt-2 max-w-2xl text-soft">{m.jobs_text()}</p>
        </div>
        <a href="/admin/queues" className={buttonLook({ tone: 'outline', size: 'sm' })}>
          {m.job_queues()}
        </a>
      </div>
      <ul className="mt-6 flex flex-wrap gap-2 text-sm" aria-label={m.jobs_queues()}>
        {queues.map(({ queue, failedCount }) => (
          <li key={queue} className="rounded-control bg-raised px-3 py-1.5">
            {queue}{' '}
            <span className={failedCount > 0 ? 'font-semibold text-bad' : 'text-faint'}>
              {tellCount(failedCount)}
            </span>
          </li>
        ))}
      </ul>
      <Panel className="mt-4 p-6">
        {failure !== undefined && <Notice tone="bad">{failure}</Notice>}
        {jobs === undefined && failure === undefined && <Skeleton className="h-60 rounded-panel" />}
        {jobs?.length === 0 && (
          <EmptyState isPart title={m.jobs_none()}>
            {m.jobs_none_text()}
          </EmptyState>
        )}
        <ul className="divide-y divide-rule/60">
          {jobs?.map((job) => (
            <JobRow key={`${job.queue} ${job.jobId}`} job={job} />
          ))}
        </ul>
      </Panel>
    </div>
  )
}

function JobRow({ job }: { job: FailedJob }) {
  const queries = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const retry = useMutation(
    api.history.retryJob.mutationOptions({
      onSuccess: () => {
        setAsking(false)
        toast.success(m.done())
      },
      onSettled: () => queries.invalidateQueries(api.history.failedJobs.pathFilter()),
    }),
  )
  const words = jobWords[job.name]
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 py-4">
      <div className="min-w-0 flex-1 basis-80">
        <h2 className="text-base">{words === undefined ? job.name : words.does()}</h2>
        <p className="text-soft">{words === undefined ? m.job_unknown() : words.without()}</p>
        <p className="mt-1.5 font-mono text-sm break-words text-bad">{job.error}</p>
        <p className="mt-1 text-sm text-faint">
          {job.queue} · {job.name} · {job.jobId} · {job.data}
          {job.failedAtMs !== null && ` · ${tellWhen(job.failedAtMs)}`}
        </p>
      </div>
      <Button
        tone="outline"
        size="sm"
        aria-label={m.job_retry_named({ id: job.jobId })}
        onClick={() => setAsking(true)}
      >
        {m.job_retry()}
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={m.job_retry_title()}
        description={m.job_retry_text()}
        confirm={m.job_retry()}
        tone="lamp"
        busy={retry.isPending}
        failure={tellFailure(retry.error)}
        onConfirm={() => retry.mutate({ queue: job.queue, jobId: job.jobId })}
      />
    </li>
  )
}
