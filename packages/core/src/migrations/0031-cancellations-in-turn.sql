-- When the sweep last looked at a cancellation that is not finished: each has its turn, however many can go no further.
alter table cancellations add column looked_at timestamptz;
grant update (looked_at) on cancellations to greenroom_app;
create index cancellation_refunds_given_up_idx on cancellation_refunds (show_id) where state = 'FAILED';
