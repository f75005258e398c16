# The facade and the mocks in one image; the command chooses.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/bin ./bin
COPY --from=build /app/dist ./dist
# Compiled code, ready made for a start on a read-only root; a user of another id starts without it.
RUN mkdir compile-cache && chown node compile-cache
USER node
ENV NODE_COMPILE_CACHE=/app/compile-cache
RUN node --max-semi-space-size=16 bin/portico.cjs openapi --config dist/examples/bank/portico.yaml > /dev/null && chmod -R a-w compile-cache
EXPOSE 8080 8081
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s --retries=6 CMD ["node", "-e", "fetch('http://127.0.0.1:8080/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
ENTRYPOINT ["node", "--max-semi-space-size=16", "bin/portico.cjs"]
CMD ["serve", "--config", "/etc/portico/portico.yaml"]
