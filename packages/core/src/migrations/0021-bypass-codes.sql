-- What everybody in a line is told, and the codes that let somebody in past it.
alter table lines add column message jsonb;

-- The text itself is shown once; what is kept is its hash. `uses` is counted before a fan is let in.
create table bypass_codes (
  id bigint generated always as identity primary key,
  concert_id bigint not null references concerts (id),
  code_hash bytea not null unique check (length(code_hash) = 32),
  label text not null check (length(label) between 1 and 80),
  max_uses integer check (max_uses > 0),
  uses integer not null default 0 check (uses >= 0),
  created_by bigint not null references accounts (id),
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  constraint bypass_codes_used_up check (uses <= max_uses)
);
create index bypass_codes_concert_idx on bypass_codes (concert_id, id desc);

create table bypass_uses (
  bypass_code_id bigint not null references bypass_codes (id),
  fan_id bigint not null references accounts (id),
  uses integer not null default 1 check (uses > 0),
  used_at timestamptz not null default now(),
  primary key (bypass_code_id, fan_id)
);

-- which concert a code is for, and how often it may be used, stays as it was audited
revoke update on bypass_codes from greenroom_app;
grant update (uses, revoked_at) on bypass_codes to greenroom_app;
