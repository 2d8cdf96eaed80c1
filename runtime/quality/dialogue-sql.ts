/** What is read of one conversation for its reviews; every part follows a key that begins with its id. */

/** `$3` lines at most, the newest, oldest first. */
export const TRANSCRIPT_SQL = `select sender as "from", text, message_id as id, at::float8 as at from (
    select sender, text, at, message_id from message
    where conversation_id = $1 and at <= $2 and not deleted and sender in ('customer', 'bot', 'manager') and text <> ''
    order by at desc, message_id desc limit $3) as newest
  order by at, message_id`;

/** Domain 6.8. */
export const RECORD_SQL = `with stored as (
    select a.snapshot::jsonb #> '{snapshot,context}' as context from actor a where a.actor_id = $1)
  select
    (select min(at) from message where conversation_id = $1 and sender = 'bot' and at <= $2 and not deleted)::float8
      as "firstBotAt",
    (select min(at) from message where conversation_id = $1 and sender = 'customer' and at <= $2 and not deleted)::float8
      as "firstCustomerAt",
    coalesce((select jsonb_object_agg(key, value -> 'at') from stored, jsonb_each(context -> 'slots')
      where (value ->> 'at')::float8 <= $2), '{}') as "knownSince",
    array(select distinct name from outbox
      where actor_id = $1 and status = 'done' and created_at <= $2) as commands,
    array(select distinct call ->> 'name' from outbox, jsonb_array_elements(input -> 'calls') as call
      where actor_id = $1 and name = 'useTools' and status = 'done' and created_at <= $2) as tools,
    (select count(distinct p.category)::int from stored, jsonb_array_elements(context #> '{order,lines}') as line,
      product p where p.sku = line ->> 'sku') as "productFamilies",
    coalesce((select jsonb_array_length(context #> '{order,lines}') from stored), 0) as "orderLines",
    coalesce((select jsonb_array_length(context #> '{sale,history}')
      + case when jsonb_typeof(context #> '{sale,quote}') = 'object' then 1 else 0 end from stored), 0) as quotes,
    coalesce((select jsonb_typeof(context #> '{sale,requestedAt}') = 'number' from stored), false) as "quoteRequested",
    array(select distinct trigger_number from alert
      where conversation_id = $1 and at <= $2 and trigger_number is not null) as triggers,
    coalesce((select state_paths from conversation where conversation_id = $1), '{}') as states`;

/**
 * After the hand-over at `$2`, until `$3` (domain 7.4). A deal is known when the journal saw its id come; when the CRM was
 * never asked for one, whether there is one is unknown. Whose work it is: who wrote most.
 */
export const HAND_OVER_SQL = `with said as (
    select author, at from message
    where conversation_id = $1 and sender = 'manager' and not deleted and at between $2 and $3),
  stored as (select a.snapshot::jsonb #> '{snapshot,context,deal}' as deal from actor a where a.actor_id = $1),
  made as (
    select max(j.at) as at from journal j
    where j.actor_id = $1 and j.at > $2 and jsonb_path_exists(j.context_diff,
      '$[*] ? (@.path == "/context/deal/id" && @.value != null || @.path == "/context/deal" && @.value.id != null)'))
  select
    (select min(at) from said)::float8 as "firstManagerMessageAt",
    (select count(*)::int from said) as messages,
    (select author from said where author is not null group by author order by count(*) desc, author limit 1) as manager,
    case when (select at from made) is not null then true
      when coalesce((select deal ->> 'id' from stored), '') <> '' then false end as "dealAppeared",
    case when (select at from made) is not null
      then (select deal #>> '{written,amount}' from stored) end as "dealAmount"`;

/** What the assistant wrote before the customer spoke again, and whether a person was ever asked for. */
export const FIRST_REPLY_SQL = `with first as (
    select min(at) as at from message
    where conversation_id = $1 and sender = 'bot' and not deleted and text <> '' and at <= $2),
  next as (
    select min(m.at) as at from message m, first
    where m.conversation_id = $1 and m.sender = 'customer' and m.at > first.at)
  select
    (select string_agg(m.text, ' ' order by m.at, m.message_id) from message m, first, next
      where m.conversation_id = $1 and m.sender = 'bot' and not m.deleted and m.at >= first.at
        and m.at <= least($2, coalesce(next.at, $2))) as "firstReply",
    exists (select from journal where actor_id = $1 and at <= $2
      and to_states ? 'owner.waiting' and not from_states ? 'owner.waiting') as "wasHandedOver"`;
