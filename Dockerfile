# Two stages: the first installs, builds the admin and drops what production does not need; the second holds Node, the
# program and nothing that could build or fetch anything. Debian 13: uWebSockets.js needs glibc 2.38.
ARG NODE_IMAGE=node:24-trixie-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
# Scripts of packages only unpack the embedded PostgreSQL, which production refuses.
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build
# What is in the image, for those who look for known holes in it.
RUN npm sbom --omit=dev --package-lock-only --sbom-format=cyclonedx > sbom.json
# The platform's Node comes with the image, and the addon's files for other platforms are of no use.
RUN npm prune --omit=dev --ignore-scripts \
  && rm -rf node_modules/node-linux-* node_modules/.treejar node_modules/.cache \
  && find node_modules/uWebSockets.js -name 'uws_*.node' \
    ! -name "uws_linux_$(node -p 'process.arch')_$(node -p 'process.versions.modules').node" -delete \
  && node -e "require('uWebSockets.js')"

FROM ${NODE_IMAGE}
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8000 DATA_DIR=/data LOG_FORMAT=json
# npm and its kin could fetch and run what nobody has looked at.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn-* \
    /usr/local/bin/yarn /usr/local/bin/yarnpkg \
  && install -d -o node -g node -m 0750 /data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/sbom.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/sql ./sql
COPY --from=build /app/machines ./machines
COPY --from=build /app/adapters ./adapters
COPY --from=build /app/actors ./actors
COPY --from=build /app/runtime ./runtime
# ops/deploy.sh asks the first before a new version takes the conversations over; the second is said once (docs/operations.md).
COPY --from=build /app/tools/machines-check.ts ./tools/
COPY --from=build /app/tools/wazzup-register.ts ./tools/
USER node
VOLUME /data
EXPOSE 8000
# Longer than SHUTDOWN_GRACE_MS: what is in flight is finished (contract 1).
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8000/api/v1/health/live').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# As tools/launch/node-flags.mjs has them.
CMD ["node", "--max-semi-space-size=16", "--heap-growing-percent=60", "runtime/main.ts", "prod"]
