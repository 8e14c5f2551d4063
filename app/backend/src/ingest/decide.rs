//! Would this be recorded? Until there is a policy the answer is yes, and its reason is that there is none.

use super::facts::Known;
use crate::people::entity::person;

/// Whether a side of a call is kept, and because of which rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Whether it is kept.
    pub record: bool,
    /// The rule that spoke.
    pub rule: &'static str,
}

/// Decides on one side of a call.
pub(super) fn decide(_: &Known, _: Option<&person::Model>) -> Decision {
    Decision {
        record: true,
        rule: "no-policy",
    }
}
