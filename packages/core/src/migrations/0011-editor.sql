-- When a price was last changed: free seats of those concerts are given it until they all have it.
alter table prices add column changed_at timestamptz not null default now();
