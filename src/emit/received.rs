use super::{ArticleInput, Emitter, OutFile};

/// `received.txt` beside an article: the file's text as it came, in UTF-8.
pub(super) struct Received;

impl Emitter for Received {
    fn name(&self) -> &'static str {
        "received"
    }

    fn article(&self, input: &ArticleInput<'_>) -> Option<OutFile> {
        let path = format!("{}received.txt", input.archive.article(input.id).address).into();
        Some(OutFile { path, bytes: input.source.text.as_bytes().to_vec() })
    }
}
