/** The API's types, taken from the schemas the server encodes with (contract 3.2, 3.3), under the admin's names. */
import type { CandidateView } from '../../runtime/api/candidate-schemas.ts';
import type { EffectsView } from '../../runtime/api/effects-schemas.ts';
import type { MachineHeatView } from '../../runtime/api/heat-schemas.ts';
import type {
  ArmedTimerView,
  CreatedUserView,
  JobQueueView,
  JobStartView,
  PromptBody,
  PromptTrialBody,
  PromptTrialView,
  PromptView,
  SignInLinkView,
  UserPatch,
  UserView,
} from '../../runtime/api/house-schemas.ts';
import type {
  DrillItemView,
  MetricView,
  MetricsView as ShopMetrics,
} from '../../runtime/api/metrics-schemas.ts';
import type { OutreachTouchView } from '../../runtime/api/outreach-schemas.ts';
import type {
  ManagerDigestView,
  ReviewBudgetView,
  ReviewDetailView,
  ReviewPreviewView,
  ReviewRunView,
  ReviewView,
} from '../../runtime/api/quality-schemas.ts';
import type { ReportHeadView, ReportView } from '../../runtime/api/report-schemas.ts';
import type {
  ArticleHit,
  ArticleView,
  AuditView,
  ChangeView,
  ChannelView,
  ConversationCounts,
  ConversationDetail,
  ConversationSummary,
  DeadLetterView,
  HealthView,
  JournalView,
  LiveFrame,
  LiveNotice as LiveNoticeView,
  MachineView,
  MessageView,
  MetricsView,
  Money,
  OrderLineView,
  ProductHit,
  ProductView,
  SessionView,
  SettingsChangeView,
  SlotView,
  SpendView,
  StateNodeView,
  SyncRunView,
  TemplateView,
  TimerView,
  TypingView,
} from '../../runtime/api/schemas.ts';
import type { Settings } from '../../runtime/api/settings-schema.ts';
import type { MachineLayoutView } from '../../runtime/api/statechart-schemas.ts';

export type Report = ReportView;
export type ReportHead = ReportHeadView;
export type ArmedTimer = ArmedTimerView;
export type AuditEntry = AuditView;
export type CreatedUser = typeof CreatedUserView.Type;
export type JobQueue = JobQueueView;
export type JobStart = JobStartView;
export type Prompt = PromptView;
export type PromptDraft = PromptBody;
export type PromptTrial = PromptTrialView;
export type PromptTrialAsk = PromptTrialBody;
export type SettingsChange = SettingsChangeView;
export type SettingsDocument = Settings;
export type SignInLink = typeof SignInLinkView.Type;
export type Touch = OutreachTouchView;
export type User = UserView;
export type UserChange = UserPatch;
export type DrillItem = typeof DrillItemView.Type;
export type Metric = MetricView;
export type MetricsAnswer = ShopMetrics;
export type FoundArticle = typeof ArticleHit.Type;
export type Article = typeof ArticleView.Type;
export type Budgets = Pick<Settings, 'budgets'> & {
  readonly reviews: Pick<Settings['reviews'], 'dailyBudgetUsd'>;
};
export type Candidate = CandidateView;
export type Change = typeof ChangeView.Type;
export type Channel = ChannelView;
export type Conversation = ConversationDetail;
export type TabCounts = ConversationCounts;
export type DeadLetter = typeof DeadLetterView.Type;
export type Frame = LiveFrame;
export type Health = HealthView;
export type Journal = JournalView;
export type LiveNotice = LiveNoticeView;
export type Typing = TypingView;
export type Effects = EffectsView;
export type Machine = MachineView;
export type MachineHeat = MachineHeatView;
export type MachineLayout = MachineLayoutView;
export type ChartRegion = MachineLayoutView['regions'][number];
export type Message = MessageView;
export type MoneyView = typeof Money.Type;
export type OrderLine = typeof OrderLineView.Type;
export type Product = ProductView;
export type ScoredProduct = typeof ProductHit.Type;
export type RuntimeNumbers = (typeof MetricsView.Type)['runtime'];
export type ManagerDigest = ManagerDigestView;
export type Review = ReviewView;
export type ReviewDetail = ReviewDetailView;
export type ReviewPreview = ReviewPreviewView;
export type ReviewBudget = ReviewBudgetView;
export type ReviewRun = ReviewRunView;
export type Session = SessionView;
export type Slot = typeof SlotView.Type;
export type Spend = typeof SpendView.Type;
export type StateNode = typeof StateNodeView.Type;
export type Summary = ConversationSummary;
export type SyncRun = typeof SyncRunView.Type;
export type Template = TemplateView;
export type Timer = typeof TimerView.Type;

/** The sandbox's phones, as the channel's double plays them. */
export type { SimChat as PhoneChat, SimMessage as PhoneMessage } from '../../adapters/wazzup/simulator.ts';

/** A list with a cursor (contract 3). */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}
