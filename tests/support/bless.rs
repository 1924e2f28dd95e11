/// Whether expected results are written anew rather than compared: `just bless` sets `ONRECORD_BLESS=1`.
pub(crate) fn is_blessing() -> bool {
    std::env::var_os("ONRECORD_BLESS").is_some_and(|value| value == "1")
}
