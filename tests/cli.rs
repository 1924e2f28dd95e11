//! Sessions: what is typed, and everything that comes back.

use super::support::Session;
use insta::assert_snapshot;

/// A site with one report.
fn small() -> Session {
    Session::new().file("content/2031/11/14-quay.txt", QUAY)
}

const QUAY: &str = "Harbour\n\nQuay reopens after storm\n\nThe last crane was righted at noon.\n\nFriday 14 November 2031, 5.20pm\n\n\
    PORT ANSEL — The quay reopened on Friday, Ingrid Marsh, the Harbour Minister, said.\n\n\
    “We lost two cranes and no people,” Ms Marsh said.\n";

#[test]
fn help_says_what_can_be_asked() {
    assert_snapshot!(Session::new().run(&["--help"]));
    assert_snapshot!(Session::new().run(&["build", "--help"]));
}

#[test]
fn a_question_not_understood_exits_with_2() {
    let session = Session::new();
    assert_snapshot!(session.run(&["biuld"]));
    assert_snapshot!(session.run(&["build", "--draft"]));
}
