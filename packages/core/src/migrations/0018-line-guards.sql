-- What keeps bots out of a concert's line. A concert without a row asks nothing of anybody.
create table line_guards (
  concert_id bigint primary key references lines (concert_id),
  challenge text not null default 'off' check (challenge in ('off', 'work', 'provider')),
  -- 2^bits tries to solve one by work
  challenge_bits integer not null default 18 check (challenge_bits between 8 and 24),
  -- accounts of one address that may wait at a time; null: any number
  most_per_address integer check (most_per_address between 1 and 100000)
);
