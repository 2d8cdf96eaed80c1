/** Every number of `/metrics` that is ours, and what it means. ops/monitoring and docs/runbook.md build on these names. */

export interface Family {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
}

export const FAMILIES: Readonly<Record<string, Family>> = {
  treejar_build_info: { type: 'gauge', help: 'Always 1; the label tells the version.' },
  treejar_database_up: {
    type: 'gauge',
    help: '1 when the database answered this scrape; 0: the numbers from it are old.',
  },
  treejar_http_requests_total: { type: 'counter', help: 'Answers by route group, method and status class.' },
  treejar_http_request_seconds: { type: 'histogram', help: 'Time from request to answer, by route group.' },
  treejar_webhook_total: { type: 'counter', help: 'Webhooks by outcome.' },
  treejar_webhook_items_total: { type: 'counter', help: 'Webhook items by what became of them.' },
  treejar_webhook_seconds: { type: 'histogram', help: 'Time from a webhook to its durable answer.' },
  treejar_reply_seconds: {
    type: 'histogram',
    help: "Time from a customer's first unanswered message, when it became durable, to the commit that decided the bot's reply.",
  },
  treejar_commit_seconds: {
    type: 'histogram',
    help: 'Time of one engine batch, reading and commit included, by its way: merged or mailbox.',
  },
  treejar_live_connections: { type: 'gauge', help: 'Open live sockets.' },
  treejar_live_subscriptions: { type: 'gauge', help: 'Topics subscribed, over all live sockets.' },
  treejar_live_frames_total: { type: 'counter', help: 'Frames sent on live sockets, by type.' },
  treejar_live_dropped_total: { type: 'counter', help: 'Live sockets closed by us, by reason.' },
  treejar_live_commit_to_socket_seconds: {
    type: 'histogram',
    help: 'Time from a durable event to its frame.',
  },
  treejar_mailbox_depth: { type: 'gauge', help: 'Durable events not applied yet.' },
  treejar_mailbox_age_seconds: { type: 'gauge', help: 'Age of the oldest event not applied yet.' },
  treejar_commands_waiting: { type: 'gauge', help: 'Commands waiting to run: the depth of the outbox.' },
  treejar_commands_running: { type: 'gauge', help: 'Commands running.' },
  treejar_timers_armed: { type: 'gauge', help: 'Armed timers.' },
  treejar_parked: { type: 'gauge', help: 'Parked events and commands.' },
  treejar_model_cost_today_usd: {
    type: 'gauge',
    help: 'What the model cost this business day, by job.',
  },
  treejar_model_calls_today: { type: 'gauge', help: 'Model calls that ended this business day, by job.' },
  treejar_model_calls_failed_today: { type: 'gauge', help: 'Those of them that failed, by job.' },
  treejar_model_budget_usd: { type: 'gauge', help: "The shop's model money for a business day." },
  treejar_backup_age_seconds: {
    type: 'gauge',
    help: 'Since the last good backup; before the first one, since the database was born.',
  },
  treejar_database_connections: {
    type: 'gauge',
    help: "The API's database connections that are open, and requests that wait for one, by state.",
  },
  treejar_event_loop_delay_seconds: {
    type: 'gauge',
    help: 'How late the event loop was since the last scrape, by quantile.',
  },
  treejar_process_resident_bytes: { type: 'gauge', help: 'Resident memory of this process.' },
  treejar_process_heap_bytes: { type: 'gauge', help: "JavaScript's memory in use." },
  treejar_process_cpu_seconds_total: { type: 'counter', help: 'Processor time used by this process.' },
  treejar_process_uptime_seconds: { type: 'gauge', help: 'Since the start of this process.' },
};
