-- What is done at a terminal of the installation has no account that did it: the audit names the command. It is the one or the
-- other; a version before this one names accounts alone.
alter table audit_entries alter column actor_id drop not null;
alter table audit_entries add column command text;
alter table audit_entries add constraint audit_entry_has_one_actor check (num_nonnulls(actor_id, command) = 1);

-- Whoever takes a role away asks who is left, among a million accounts.
create index accounts_operators_idx on accounts (id) where role = 'operator';
