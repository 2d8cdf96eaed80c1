-- A long text goes out in parts, and words follow their file: such a message has several ids at the channel, and any of
-- them can come with a status. message.provider_id is the first that was named; all of them stand here when there are several.
create table message_part (
  conversation_id text not null,
  provider_id     text not null,
  message_id      text not null,
  primary key (conversation_id, provider_id)
);
create index message_part_provider on message_part (provider_id);

-- Which message of ours, or of a customer, an id of the channel means.
create view channel_message as
  select provider_id, conversation_id, message_id from message where provider_id is not null
  union
  select provider_id, conversation_id, message_id from message_part;
