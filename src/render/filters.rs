//! The few words templates have beyond Tera's own.

use crate::text::number;
use tera::{Kwargs, State, Tera};

/// Registers them. None reaches outside its argument.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("grouped", grouped);
}

/// `{{ n | grouped }}`: a whole number with its thousands apart, "2,108".
fn grouped(n: i64, _: Kwargs, _: &State<'_>) -> String {
    number::grouped(n)
}

#[cfg(test)]
mod tests {
    fn check(n: i64, expected: &str) {
        let mut tera = tera::Tera::default();
        super::register(&mut tera);
        let context = tera::context! { n => &n };
        assert_eq!(tera.render_str("{{ n | grouped }}", &context, true).unwrap(), expected);
    }

    #[test]
    fn thousands_stand_apart() {
        check(0, "0");
        check(999, "999");
        check(1000, "1,000");
        check(1234567, "1,234,567");
        check(-4200, "−4,200");
    }
}
