-- Keys of the back ends that act for their users. The text of a key is shown once and never stored: 32 random bytes need no
-- slow hash. A key is never removed, since the audit names it; revoking ends it.
create table partner_keys (
  id bigint generated always as identity primary key,
  name text not null check (name = btrim(name) and char_length(name) between 1 and 80),
  key_hash bytea not null unique check (octet_length(key_hash) = 32),
  -- the concerts it is good for; null: all, those to come included
  concert_ids bigint[] check (cardinality(concert_ids) between 1 and 100),
  rate_per_minute integer not null check (rate_per_minute between 1 and 1000000),
  created_by bigint not null references accounts (id),
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  -- a hint for operators, to the minute
  last_used_at timestamptz
);
-- what a key opens is settled when it is made: the product may end it and note its use, nothing else
revoke update on partner_keys from greenroom_app;
grant update (revoked_at, last_used_at) on partner_keys to greenroom_app;

-- The partner who acted for `actor_id`; null: they acted by themselves.
alter table audit_entries add column partner_key_id bigint references partner_keys (id);
-- both lists of the audit are read newest first
create index audit_entries_partner_idx on audit_entries (id) where partner_key_id is not null;
create index audit_entries_operator_idx on audit_entries (id) where partner_key_id is null;
