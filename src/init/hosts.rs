use crate::config::Host;

/// What publishes the site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Publishing {
    /// Nothing yet.
    #[default]
    None,
    /// GitHub Actions, to GitHub Pages.
    Github,
    /// GitLab CI, to GitLab Pages.
    Gitlab,
    /// Cloudflare Pages.
    Cloudflare,
    /// Netlify.
    Netlify,
    /// A folder on a server, by rsync.
    Rsync,
    /// A bucket that speaks the protocol of S3.
    S3,
}

impl Publishing {
    /// Where the site then stands.
    pub fn host(self) -> Host {
        match self {
            Self::None | Self::S3 => Host::Plain,
            Self::Github => Host::Github,
            Self::Gitlab => Host::Gitlab,
            Self::Cloudflare => Host::Cloudflare,
            Self::Netlify => Host::Netlify,
            Self::Rsync => Host::Apache,
        }
    }
}

/// Files with their paths from the site's folder; the program's own version is pinned in them.
pub(super) fn files(publishing: Publishing) -> Vec<(&'static str, String)> {
    let pinned = |text: &str| text.replace("ONRECORD_PINNED", env!("CARGO_PKG_VERSION"));
    let build = ("publish/build.sh", include_str!("hosts/build.sh"));
    let own: &[(&str, &str)] = match publishing {
        Publishing::None => &[],
        Publishing::Github => &[(".github/workflows/publish.yml", include_str!("hosts/github.yml"))],
        Publishing::Gitlab => &[(".gitlab-ci.yml", include_str!("hosts/gitlab.yml"))],
        Publishing::Cloudflare => &[build, ("wrangler.toml", include_str!("hosts/wrangler.toml"))],
        Publishing::Netlify => &[build, ("netlify.toml", include_str!("hosts/netlify.toml"))],
        Publishing::Rsync => &[build, ("publish/rsync.sh", include_str!("hosts/rsync.sh"))],
        Publishing::S3 => &[build, ("publish/s3.sh", include_str!("hosts/s3.sh"))],
    };
    own.iter().map(|(path, text)| (*path, pinned(text))).collect()
}
