# A static onrecord on an image with nothing else in it:
#   docker build -t onrecord . && docker run --rm -u "$(id -u):$(id -g)" -v "$PWD:/site" onrecord build
FROM rust:1-alpine AS build
RUN apk add --no-cache build-base
WORKDIR /src
COPY . .
RUN cargo build --locked --profile dist && cp target/dist/onrecord /onrecord

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /onrecord /usr/bin/onrecord
WORKDIR /site
ENTRYPOINT ["/usr/bin/onrecord"]
CMD ["build"]
