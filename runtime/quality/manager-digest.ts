/** The digest per manager (domain 7.5), out of the reviews of their work. What is not known counts in no mean. */
import type pg from 'pg';
import type { ManagerDigestView } from '../api/quality-schemas.ts';

/** Managers in one answer (G10): a department has seven (domain 1.3). */
const MAX_MANAGERS = 200;

/** Read from index `quality_review_of_managers` alone: a year has tens of thousands. */
const DIGEST_SQL = `select manager, count(*)::int as reviews,
    round(avg(total), 1)::float8 as "averagePoints",
    round(avg(first_response_ms))::float8 as "averageFirstResponseMs",
    count(*) filter (where converted)::int as converted,
    count(converted)::int as known
  from quality_review
  where scope = 'manager' and manager is not null and state = 'scored' and updated_at >= $1 and updated_at < $2
  group by manager order by count(*) desc, manager limit ${MAX_MANAGERS}`;

/** Of reviews that ended between the two, ms since the epoch. */
export const managerDigest = async (
  pool: pg.Pool,
  since = 0,
  until = Number.MAX_SAFE_INTEGER,
): Promise<readonly ManagerDigestView[]> =>
  (await pool.query<ManagerDigestView>(DIGEST_SQL, [since, until])).rows;
