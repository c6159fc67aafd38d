-- How each sale went: a row every five seconds, written by whichever worker comes first. See the feature `operations`.
create table sale_samples (
  concert_id bigint not null references concerts (id),
  -- the beginning of its slot of five seconds, by this clock: two workers that sample at once write one row
  sampled_at timestamptz not null check (mod(extract(epoch from sampled_at), 5) = 0),
  -- until the others of its minute are gone
  is_fine boolean not null default true,
  -- the line; null where Redis could not say
  waiting integer,
  active integer,
  capacity integer,
  admitted_total bigint,
  outflow_per_minute real,
  available integer not null,
  held integer not null,
  sold integer not null,
  revenue_minor bigint not null,
  -- fans who ever went in, and fans who ever paid
  entered integer not null,
  paid integer not null,
  -- how the api answered all fans; null where no process said
  p50_ms real,
  p95_ms real,
  p99_ms real,
  calls_per_second real,
  refused_per_second real,
  pool_use real,
  primary key (concert_id, sampled_at)
);
create index sale_samples_age_idx on sale_samples (sampled_at);
create index sale_samples_fine_idx on sale_samples (sampled_at) where is_fine;
-- a sale's revenue is read through its payments: without this every payment there is would be read for it
create index if not exists payments_concert_idx on payments (concert_id);

-- what was measured is not measured otherwise later
revoke update on sale_samples from greenroom_app;

-- Samples of more than 30 days go. Of those that are more than six hours old the first of each minute stays: `looked_at` counts
-- it, so that the caller knows whether there are more. Both walk from the old end, as in 0010.
create function forget_sale_samples(most integer, out forgotten integer, out looked_at integer)
language sql security definer
set search_path = public, pg_temp set enable_seqscan = off set enable_bitmapscan = off as $$
  with aged as (
    select concert_id, sampled_at from sale_samples where sampled_at < now() - interval '30 days'
    order by sampled_at limit least(most, 5000) for update skip locked
  ), gone as (
    delete from sale_samples samples using aged
    where samples.concert_id = aged.concert_id and samples.sampled_at = aged.sampled_at
    returning 1
  ), fine as (
    select concert_id, sampled_at,
           exists (select from sale_samples earlier
                   where earlier.concert_id = samples.concert_id and earlier.sampled_at < samples.sampled_at
                     and earlier.sampled_at >= date_bin('1 minute', samples.sampled_at, timestamptz 'epoch')) as is_later
    from sale_samples samples
    where is_fine and sampled_at < now() - interval '6 hours' and sampled_at >= now() - interval '30 days'
    order by sampled_at limit least(most, 5000) for update skip locked
  ), thinned as (
    delete from sale_samples samples using fine
    where samples.concert_id = fine.concert_id and samples.sampled_at = fine.sampled_at and is_later
    returning 1
  ), kept as (
    update sale_samples samples set is_fine = false from fine
    where samples.concert_id = fine.concert_id and samples.sampled_at = fine.sampled_at and not is_later
    returning 1
  )
  select ((select count(*) from gone) + (select count(*) from thinned))::integer,
         greatest((select count(*) from gone), (select count(*) from fine))::integer
  from (select count(*) from kept) done
$$;
revoke execute on function forget_sale_samples from public;
grant execute on function forget_sale_samples to greenroom_app;
