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

# Write an archive of N articles into target/corpus/N; `--stress` makes one that is hard on lists
corpus n="10000" *options:
    rm -rf target/corpus/{{n}}
    cargo run --release --quiet --example corpus -- {{n}} target/corpus/{{n}} {{options}}

# Build N articles cold, warm and with one edited, beside Hugo, in turns; print medians and ratios
bench n="10000" rounds="5": (corpus n)
    rm -rf target/corpus/{{n}}-hugo
    cargo run --release --quiet --example corpus -- {{n}} target/corpus/{{n}}-hugo --hugo
    cargo build --release --quiet --example floor
    cargo build --profile dist --quiet --bin onrecord
    benches/compare {{n}} {{rounds}}

# Where the time of one cold build of N articles goes, stage by stage
timings n="10000": (corpus n)
    cargo build --release --quiet
    target/release/onrecord build --root target/corpus/{{n}} --timings

# Articles a second by stage: the reader, the annotator's stages, JSON in and out; one thread
bench-stages *options:
    cargo bench --quiet --bench stages -- {{options}}

# Count the instructions of a build and compare with benches/instructions.toml; `--keep` writes them there
count *options:
    benches/count {{options}}

# Draw where the instructions of a cold build of N articles go, as target/flame/N.svg
flame n="1000": (corpus n)
    benches/flame {{n}}

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

# What pages of N articles weigh as readers load them; fails where a report is over 30 kilobytes
weigh n="500": (corpus n)
    cargo run --release --quiet -- build --root target/corpus/{{n}}
    node tests/browser/weight.js target/corpus/{{n}}/public

# What searches read of N articles, in bytes; fails above 300 kB
search-bytes n="10000": (corpus n)
    cargo run --release --quiet -- build --root target/corpus/{{n}}
    node tests/browser/bytes.js target/corpus/{{n}}/public 'q=ferry' 'q=the' 'q=of+the' 'q=said' 'q=tunnel+quay' \
        'q=northern+lighthouse+strike' 'q=lighth' 'q=%22early+grant%22' 'q=%22the+early+grant%22' 'q=tunnel&kind=direct' \
        'q=tunnel&section=harbour'

# Everything that CI does
ci:
    .ci/run
