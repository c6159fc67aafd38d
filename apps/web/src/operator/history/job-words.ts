import { m } from '../../paraglide/messages.js'

type JobWords = { does: () => string; without: () => string }

/** What each kind of job is for, and what happens while it is not done. A test holds the names to the server's list. */
export const jobWords: Readonly<Record<string, JobWords>> = {
  'admission-tick': { does: m.job_admission_tick, without: m.job_without_next_tick },
  'expire-holds': { does: m.job_expire_holds, without: m.job_without_sweep },
  'expire-due-holds': { does: m.job_expire_due_holds, without: m.job_without_claim },
  'check-invariants': { does: m.job_check_invariants, without: m.job_without_minute },
  'check-everything': { does: m.job_check_everything, without: m.job_without_day },
  'sample-sales': { does: m.job_sample_sales, without: m.job_without_chart },
  prune: { does: m.job_prune, without: m.job_without_hour },
  'refund-cancelled-show': { does: m.job_refund_cancelled_show, without: m.job_without_sweep },
  'sweep-cancellations': { does: m.job_sweep_cancellations, without: m.job_without_next_second },
  'copy-line-histories': { does: m.job_copy_line_histories, without: m.job_without_history },
  'relay-outbox': { does: m.job_relay_outbox, without: m.job_without_next_second },
  'relay-events': { does: m.job_relay_events, without: m.job_without_next_second },
  'hand-out-deliveries': { does: m.job_hand_out_deliveries, without: m.job_without_next_second },
  'feed-data-platform': { does: m.job_feed_data_platform, without: m.job_without_next_second },
  'deliver-webhook': { does: m.job_deliver_webhook, without: m.job_without_delivery },
}
