-- The list's tabs are counted and paged by who speaks and since when the customer waits for us.
create index conversation_tabs on conversation (owner, waiting_since);
