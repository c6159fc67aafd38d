-- A use of a code is taken before its fan is let in, and is pending until they are: a repeat is the same use, however late, and
-- what let nobody in is given back to the code. `uses` of a fan counts those that let them in.
alter table bypass_uses add column is_pending boolean not null default false;
alter table bypass_uses drop constraint bypass_uses_uses_check;
alter table bypass_uses add constraint bypass_uses_uses_check check (uses >= 0);
create index bypass_uses_pending_idx on bypass_uses (bypass_code_id, used_at) where is_pending;
