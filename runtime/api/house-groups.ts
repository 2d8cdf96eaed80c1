/** The administrator's routes: prompts, users, queues. */
import { Schema } from 'effect';
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from 'effect/http-api';
import { Authorization, RequiredRole, WellFormed } from './access.ts';
import { Conflict, NotFound, Unauthorized } from './errors.ts';
import * as House from './house-schemas.ts';
import { IdParams, PageQuery } from './requests.ts';
import { listOf } from './schemas.ts';

const Flag = Schema.optionalKey(Schema.Literals(['true', 'false', '1', '0']));

export const Prompts = HttpApiGroup.make('prompts')
  .add(
    HttpApiEndpoint.get('list', '/admin/prompts', {
      query: { ...PageQuery, section: Schema.optionalKey(Schema.String), active: Flag },
      success: listOf(House.PromptView),
    }),
    HttpApiEndpoint.post('save', '/admin/prompts', {
      payload: House.PromptBody,
      success: House.PromptView.pipe(HttpApiSchema.status(201)),
    }).annotate(RequiredRole, 'admin'),
    HttpApiEndpoint.post('activate', '/admin/prompts/:id/activate', {
      params: IdParams,
      success: House.PromptView,
      error: NotFound,
    }).annotate(RequiredRole, 'admin'),
    HttpApiEndpoint.post('trial', '/admin/prompts/trial', {
      payload: House.PromptTrialBody,
      success: House.PromptTrialView,
      error: [NotFound, Conflict],
    }).annotate(RequiredRole, 'admin'),
  )
  .middleware(WellFormed)
  .middleware(Authorization)
  .annotate(
    OpenApi.Description,
    'Prompt sections by version: save, activate (also an older one), try first.',
  );

export const Users = HttpApiGroup.make('users')
  .add(
    HttpApiEndpoint.get('list', '/admin/users', {
      query: PageQuery,
      success: listOf(House.UserView),
    }).annotate(RequiredRole, 'admin'),
    HttpApiEndpoint.post('create', '/admin/users', {
      payload: House.NewUserBody,
      success: House.CreatedUserView.pipe(HttpApiSchema.status(201)),
      error: Conflict,
    }).annotate(RequiredRole, 'admin'),
    HttpApiEndpoint.patch('change', '/admin/users/:id', {
      params: IdParams,
      payload: House.UserPatch,
      success: House.UserView,
      error: [NotFound, Conflict],
    }).annotate(RequiredRole, 'admin'),
    HttpApiEndpoint.post('reset', '/admin/users/:id/reset', {
      params: IdParams,
      success: House.SignInLinkView,
      error: [NotFound, Conflict],
    })
      .annotate(RequiredRole, 'admin')
      .annotate(OpenApi.Description, 'Ends the sessions and the password, and answers a new one-time link.'),
    HttpApiEndpoint.put('password', '/session/password', {
      payload: House.PasswordBody,
      success: HttpApiSchema.NoContent,
      error: [Unauthorized, Conflict],
    }).annotate(OpenApi.Description, 'Sets the password of whoever is signed in; other sessions end.'),
  )
  .middleware(WellFormed)
  .middleware(Authorization)
  .annotate(OpenApi.Description, 'Who may sign in, and as what.');

export const Queues = HttpApiGroup.make('queues')
  .add(
    HttpApiEndpoint.get('timers', '/admin/timers', {
      query: PageQuery,
      success: listOf(House.ArmedTimerView),
    }),
    HttpApiEndpoint.get('jobs', '/admin/jobs', { success: listOf(House.JobQueueView) }),
    HttpApiEndpoint.post('runJob', '/admin/jobs/:id/run', {
      params: IdParams,
      success: House.JobStartView.pipe(HttpApiSchema.status(202)),
      error: [NotFound, Conflict],
    })
      .annotate(RequiredRole, 'admin')
      .annotate(
        OpenApi.Description,
        'Starts a scheduled job now; of a queue without a schedule, puts back what failed. 409 while a run waits already.',
      ),
  )
  .middleware(WellFormed)
  .middleware(Authorization)
  .annotate(
    OpenApi.Description,
    'What waits for its moment: armed timers, and the queues of scheduled jobs.',
  );
