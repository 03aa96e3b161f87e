# Builds the wheel with the console's assets, and an image that holds nothing but Python and what the wheel needs.
FROM node:22.17.0-bookworm-slim AS assets
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev
COPY api/console/build.mjs api/console/
RUN node api/console/build.mjs

FROM python:3.11.13-slim-bookworm AS packages
RUN python -m venv /opt/punchcard
ENV PATH=/opt/punchcard/bin:$PATH PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements/runtime.txt /build/requirements/
RUN pip install --no-cache-dir --require-hashes -r /build/requirements/runtime.txt
COPY . /build
COPY --from=assets /build/api/console/static/vendor /build/api/console/static/vendor
RUN pip install --no-cache-dir --no-deps --no-build-isolation /build

FROM python:3.11.13-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home punchcard
COPY --from=packages /opt/punchcard /opt/punchcard
ENV PATH=/opt/punchcard/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER punchcard
WORKDIR /tmp
CMD ["punchcard", "--help"]
