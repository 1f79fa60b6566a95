FROM node:22-slim AS front-end
WORKDIR /console
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --omit=dev

FROM python:3.11-slim
ENV PYTHONUNBUFFERED=1 NO_BOOTSTRAP=1
WORKDIR /console
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY --from=front-end /console/node_modules node_modules
COPY . .
RUN useradd --system console && mkdir -p /var/lib/console/media && chown -R console /var/lib/console
USER console
