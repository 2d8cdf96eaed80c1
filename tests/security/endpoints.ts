/** Every endpoint of the API, read from its definition: what is added there is in these tests without a line here. */
import { TreejarApi } from '../../runtime/api/api.ts';

export interface Endpoint {
  readonly method: string;
  /** Without the base, parameters as `:id`. */
  readonly path: string;
  /** `GET /conversations/:id`. */
  readonly name: string;
  readonly takesBody: boolean;
}

interface Defined {
  readonly method: string;
  readonly path: string;
  readonly payload: ReadonlyMap<string, unknown>;
}

export const ENDPOINTS: readonly Endpoint[] = Object.values(TreejarApi.groups).flatMap((group) =>
  (Object.values(group.endpoints) as readonly Defined[]).map((endpoint) => {
    const path = endpoint.path.replace('/api/v1', '');
    return {
      method: endpoint.method,
      path,
      name: `${endpoint.method} ${path}`,
      takesBody: endpoint.payload.size > 0,
    };
  }),
);

/** The path with each parameter set to `value`. */
export const pathWith = ({ path }: Endpoint, value: string): string =>
  path.replaceAll(/:\w+/g, encodeURIComponent(value));
