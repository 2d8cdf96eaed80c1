-- Referral codes (domain 19): one for a referrer at a time, used once, by somebody else. Times are milliseconds since the epoch.
create table referral_code (
  code              text primary key check (code ~ '^NOOR-[0-9A-HJKMNP-TV-Z]{5}$'),
  -- Who recommends us, and in which conversation the code was given.
  referrer_chat_id  text not null,
  conversation_id   text not null,
  -- As the policy was when it was given: percent for the referrer and for the newcomer.
  referrer_percent  text not null,
  newcomer_percent  text not null,
  created_at        bigint not null,
  expires_at        bigint not null,
  used_at           bigint,
  used_by_chat_id   text,
  used_conversation text,
  check ((used_at is null) = (used_by_chat_id is null)),
  check (used_by_chat_id is distinct from referrer_chat_id)
);
create index referral_code_referrer on referral_code (referrer_chat_id, created_at desc);
-- A newcomer is one once.
create unique index referral_code_newcomer on referral_code (used_by_chat_id) where used_by_chat_id is not null;
create index referral_code_given on referral_code (conversation_id);
