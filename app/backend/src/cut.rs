//! A check on the tests: `HARK_CUT` names one of the house's checks, and that check then lets everyone through. The access
//! tests must fail for each of them. Outside of tests there is nothing here that could be cut.

/// Whether the check of that name is cut.
#[cfg(any(test, feature = "testing"))]
#[must_use]
pub fn is_cut(name: &str) -> bool {
    use std::sync::LazyLock;
    #[expect(
        clippy::disallowed_methods,
        reason = "a switch of the tests, which are started with it"
    )]
    static CUT: LazyLock<Option<String>> = LazyLock::new(|| std::env::var("HARK_CUT").ok());
    CUT.as_deref() == Some(name)
}

macro_rules! cut {
    ($name:literal) => {{
        #[cfg(any(test, feature = "testing"))]
        let cut = crate::cut::is_cut($name);
        #[cfg(not(any(test, feature = "testing")))]
        let cut = false;
        cut
    }};
}
