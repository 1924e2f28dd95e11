/// Where the site is published: which files beside the pages that place understands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Host {
    /// Any host of plain files.
    #[default]
    Plain,
    /// GitHub Pages.
    Github,
    /// GitLab Pages.
    Gitlab,
    /// Cloudflare Pages.
    Cloudflare,
    /// Netlify.
    Netlify,
    /// Apache's httpd, for folders that rsync fills.
    Apache,
}

impl Host {
    /// All of them, the default first.
    pub const ALL: [Self; 6] = [Self::Plain, Self::Github, Self::Gitlab, Self::Cloudflare, Self::Netlify, Self::Apache];

    /// Their names as they are written, in the same order.
    pub const NAMES: [&'static str; 6] = ["plain", "github", "gitlab", "cloudflare", "netlify", "apache"];

    /// As it is written: "netlify".
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Cloudflare => "cloudflare",
            Self::Netlify => "netlify",
            Self::Apache => "apache",
        }
    }

    /// The host of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|host| host.name() == name)
    }
}
