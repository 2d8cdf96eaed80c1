/**
 * What CRM knows of a phone, shared by all replicas for a minute: credits are counted by the day (wire/03 §8), and one
 * person is looked up by several conversations, tries and pages. Who is unknown is always asked about anew.
 */
import { Context, Effect, Layer, Option, Schema } from 'effect';
import { Cache } from '../../adapters/redis/cache.ts';
import { type CrmContact, ZohoCrm } from '../../adapters/zoho-crm/zoho-crm.ts';

/** A change made in CRM itself is seen after this. */
export const PROFILE_FRESH_MS = 60_000;

type LookupFailure = Effect.Error<ReturnType<ZohoCrm['Service']['findContactByPhone']>>;

export interface CrmProfilesOptions {
  /** Keys of the store carry no phone. */
  readonly hash: (phone: string) => string;
}

export class CrmProfiles extends Context.Service<
  CrmProfiles,
  {
    readonly byPhone: (phone: string) => Effect.Effect<CrmContact | null, LookupFailure>;
    /** After a write of ours. */
    readonly forget: (phone: string) => Effect.Effect<void>;
  }
>()('treejar/actors/CrmProfiles') {
  static readonly layer = ({ hash }: CrmProfilesOptions) =>
    Layer.effect(
      CrmProfiles,
      Effect.gen(function* () {
        const crm = yield* ZohoCrm;
        const cache = yield* Cache;
        const keyOf = (phone: string) => `crm-contact:1:${hash(phone.replaceAll(/\D/g, ''))}`;
        const lookUp = (phone: string) =>
          crm
            .findContactByPhone(phone)
            .pipe(
              Effect.tap((contact) =>
                contact === null
                  ? Effect.void
                  : cache.set(keyOf(phone), JSON.stringify(contact), PROFILE_FRESH_MS),
              ),
            );
        return {
          byPhone: (phone) =>
            cache.get(keyOf(phone)).pipe(
              Effect.flatMap((text) =>
                Option.match(text === null ? Option.none() : decode(text), {
                  onNone: () => lookUp(phone),
                  onSome: (contact) => Effect.succeed(contact),
                }),
              ),
            ),
          forget: (phone) => cache.delete(keyOf(phone)),
        };
      }),
    );
}

const Text = Schema.NullOr(Schema.String);
const Contact = Schema.Struct({
  id: Schema.String,
  name: Schema.String,
  firstName: Text,
  lastName: Text,
  phone: Text,
  mobile: Text,
  email: Text,
  company: Text,
  segment: Text,
  segments: Schema.Array(Schema.String),
  leadSource: Text,
  createdAt: Text,
});
/** What is not our shape counts as not there. */
const decode = Schema.decodeUnknownOption(Schema.fromJsonString(Contact));
