# The words of CI. `just` lists them; https://just.systems runs them.

_list:
    @just --list --unsorted

# All tests but those in a browser
test:
    cargo test

# Write expected results anew; read the difference before you commit it
bless:
    INSTA_UPDATE=always ONRECORD_BLESS=1 cargo test
    git status --short tests docs

# Build the sample archive and read it in the browser
demo:
    cargo run --release -- serve --open

# Write an archive of N articles into target/corpus/N
corpus n="10000":
    rm -rf target/corpus/{{n}}
    cargo run --release --quiet --example corpus -- {{n}} target/corpus/{{n}}

# Where the time goes: build N articles from nothing, then again unchanged
bench n="10000": (corpus n)
    cargo build --release --quiet
    rm -rf target/corpus/{{n}}/public
    target/release/onrecord build --root target/corpus/{{n}} --timings
    target/release/onrecord build --root target/corpus/{{n}} --timings

# Articles a second by stage: the reader, the annotator's stages, JSON in and out; one thread
bench-stages *options:
    cargo bench --quiet --bench stages -- {{options}}

# Score the annotator: ONRECORD_SCORER names a scorer, ONRECORD_GOLD a gold file in its format
score *options:
    cargo build --release --quiet
    mkdir -p target/score
    case "$ONRECORD_GOLD" in *.gz) gzip -dc "$ONRECORD_GOLD" ;; *) cat "$ONRECORD_GOLD" ;; esac \
        | target/release/onrecord annotate --format jsonl - > target/score/predictions.jsonl
    python3 "$ONRECORD_SCORER" "$ONRECORD_GOLD" target/score/predictions.jsonl {{options}}

# Pages of the sample archive in a real browser
browser:
    cargo run --release --quiet -- build --out target/browser
    tests/browser/run target/browser

# Everything that CI does
ci:
    .ci/run
