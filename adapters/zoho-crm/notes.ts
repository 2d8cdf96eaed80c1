/** Notes on a contact or a deal, each written once: a code in the title tells ours (wire/03 §6). */
import { Effect, Predicate } from 'effect';
import { isUnknown, LOOK_DELAYS_MS, lookRepeatedly, UNVERIFIED_PAUSE_MS } from '../zoho-oauth/read-back.ts';
import { readRows, readWrite, rejected } from './answer.ts';
import type { CrmCall } from './crm-calls.ts';
import { codeOf } from './deal.ts';
import { CrmUnverified, type CrmWriteError } from './errors.ts';
import { invalidInput, requireName, requireRecordId } from './input.ts';

export interface NoteParent {
  readonly module: 'Contacts' | 'Deals';
  readonly id: string;
}

export interface NewNote {
  /** The same key never makes a second note; a command's id, for example. */
  readonly key: string;
  readonly title: string;
  readonly content: string;
}

export interface NoteWritten {
  readonly id: string;
  readonly outcome: 'created' | 'existing';
}

/** CRM's limits, characters. */
const TITLE_MAX = 120;
const CONTENT_MAX = 32_000;
/** The newest notes that are looked through; ours is looked for soon after it was written. */
const NOTES_MAX = 200;

export const makeNotes = (call: CrmCall, delaysMs: readonly number[] = LOOK_DELAYS_MS) => {
  const find = Effect.fn('ZohoCrm.findNote')(function* (parent: NoteParent, marker: string) {
    const path = `/${parent.module}/${parent.id}/Notes`;
    const query = { fields: 'Note_Title', per_page: NOTES_MAX, sort_by: 'Created_Time', sort_order: 'desc' };
    const rows = yield* readRows(yield* call({ method: 'GET', path, query }));
    const note = rows.find((row) => textAt(row, 'Note_Title').endsWith(marker));
    const id = note === undefined ? '' : textAt(note, 'id');
    return id === '' ? null : id;
  });

  const post = Effect.fn('ZohoCrm.postNote')(function* (parent: NoteParent, title: string, content: string) {
    const record = {
      Note_Title: title,
      Note_Content: content,
      Parent_Id: { id: parent.id, module: { api_name: parent.module } },
    };
    const response = yield* call({ method: 'POST', path: '/Notes', json: { data: [record] } });
    const result = yield* readWrite(response, 'insert');
    return result.kind === 'done' ? result.id : yield* rejected('DUPLICATE_DATA', null);
  });

  const addNote = Effect.fn('ZohoCrm.addNote')(function* (parent: NoteParent, note: NewNote) {
    yield* requireRecordId(parent.id);
    yield* requireName(note.title);
    if (note.key.trim() === '') return yield* invalidInput('a key for a note');
    const marker = `[${codeOf(note.key)}]`;
    const before = yield* find(parent, marker);
    if (before !== null) return { id: before, outcome: 'existing' } satisfies NoteWritten;
    const title = `${note.title.trim().slice(0, TITLE_MAX - marker.length - 1)} ${marker}`;
    return yield* post(parent, title, note.content.slice(0, CONTENT_MAX)).pipe(
      Effect.matchEffect({
        onSuccess: (id): Effect.Effect<NoteWritten, CrmWriteError> =>
          Effect.succeed({ id, outcome: 'created' }),
        onFailure: (why): Effect.Effect<NoteWritten, CrmWriteError> =>
          isUnknown(why)
            ? lookRepeatedly(find(parent, marker), delaysMs).pipe(
                Effect.mapError((error) => unverified(error.message)),
                Effect.flatMap((id) =>
                  id === null
                    ? Effect.fail(unverified(why.message))
                    : Effect.succeed({ id, outcome: 'existing' as const }),
                ),
              )
            : Effect.fail(why),
      }),
    );
  });
  return { addNote };
};

const textAt = (row: unknown, key: string): string =>
  Predicate.hasProperty(row, key) && typeof row[key] === 'string' ? row[key] : '';

const unverified = (why: string): CrmUnverified =>
  new CrmUnverified({
    message: `whether Zoho CRM has the note is not known (${why}); it is looked for again before anything is repeated`,
    retryable: true,
    retryAfterMs: UNVERIFIED_PAUSE_MS,
  });
