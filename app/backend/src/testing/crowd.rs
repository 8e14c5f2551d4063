//! A company of four hundred people and as many recordings as one likes: what lists are measured and pinned on. The same
//! every time, since it is drawn from a seed and ends at the clock of the tests.

mod calls;
mod company;
pub mod dice;

use model::password::Profile;
use sea_orm::EntityTrait;

use self::{calls::Calls, company::Staff, dice::Dice};
use crate::{
    Backend, Operator, Viewer,
    account::{SignIn, Visitor},
    db,
    recordings::entity::{call, media, recording},
};

/// Grows with every change of what is drawn: what was made by an older one is made again.
pub const VERSION: u32 = 2;

/// The accounts: everything; three departments; one tiny department; one's own recordings.
pub const SUPER: &str = "super@crowd.example";
pub const RESTRICTED: &str = "restricted@crowd.example";
pub const TINY: &str = "tiny@crowd.example";
pub const OWN: &str = "own@crowd.example";
/// Everyone's password.
pub const PASSWORD: &str = "Lingonkullens-folkmassa-2026!";

/// Rows of a statement, and of a transaction.
const STATEMENT: usize = 250;
const TRANSACTION: usize = 5_000;

/// A company that is to be.
#[derive(Clone, Copy, Debug)]
pub struct Crowd {
    pub recordings: usize,
    pub seed: u64,
    /// Whether each recording has a sound, though no file: then its page opens too.
    pub media: bool,
}

impl Crowd {
    /// With so many recordings, which have no sound.
    #[must_use]
    pub const fn of(recordings: usize) -> Self {
        Self {
            recordings,
            seed: 1,
            media: false,
        }
    }

    /// Fills an instance that nobody has claimed.
    ///
    /// # Panics
    /// When the database does not take it.
    pub async fn fill(self, backend: &Backend) {
        let operator = Operator::at_the_command_line();
        // Its passwords are good also on a day on which someone comes back to measure.
        backend.set_sign_in(operator, Profile::Nist, false).await.unwrap();
        let mut dice = Dice::new(self.seed);
        let staff = Staff::hire(backend, &mut dice).await;
        let company = backend.company().await.unwrap();
        let mut calls = Calls::new(self, dice, &staff, &company);
        loop {
            let transaction = backend.writing().await.unwrap();
            db::testing::make_room(&transaction).await.unwrap();
            for _ in 0..TRANSACTION / STATEMENT {
                let some = calls.draw(STATEMENT);
                if some.recordings.is_empty() {
                    transaction.commit().await.unwrap();
                    backend.settle(operator).await.unwrap();
                    return;
                }
                call::Entity::insert_many(some.calls)
                    .exec_without_returning(&transaction)
                    .await
                    .unwrap();
                recording::Entity::insert_many(some.recordings)
                    .exec_without_returning(&transaction)
                    .await
                    .unwrap();
                if self.media {
                    media::Entity::insert_many(some.media)
                        .exec_without_returning(&transaction)
                        .await
                        .unwrap();
                }
            }
            transaction.commit().await.unwrap();
        }
    }
}

/// One of the accounts, signed in.
///
/// # Panics
/// When the account is not let in.
pub async fn viewer(backend: &Backend, email: &str) -> Viewer {
    let asked = SignIn {
        email: email.to_owned(),
        password: PASSWORD.to_owned(),
        ..SignIn::default()
    };
    let entry = backend.sign_in(asked).await.unwrap();
    match backend.visitor(Some(entry.token.reveal())).await.unwrap() {
        (_, Visitor::Signed(viewer)) => *viewer,
        (_, other) => panic!("{email} is not let in: {other:?}"),
    }
}
