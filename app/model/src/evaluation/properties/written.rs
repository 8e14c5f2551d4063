//! What is written is read again, and what is damaged is not.

use proptest::{prelude::*, sample::Index};

use super::{
    super::{Answers, Envelope, Form, ImportFault, import},
    wild::{Case, cases, forms},
};

fn read(bytes: &[u8]) -> Result<Form, ImportFault> {
    import(bytes, serde_json::from_slice, serde_json::from_slice)
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(Case { form, answers } in cases()) {
        let file = serde_json::to_vec(&Envelope::of(form.clone())).unwrap();
        prop_assert_eq!(read(&file), Ok(form));
        let stored = serde_json::to_string(&answers).unwrap();
        prop_assert_eq!(serde_json::from_str::<Answers>(&stored).unwrap(), answers);
    }

    #[test]
    fn half_a_file_is_refused(form in forms(1..3, 1..4), at: Index) {
        let file = serde_json::to_vec(&Envelope::of(form)).unwrap();
        let half = &file[..at.index(file.len())];
        let refused = matches!(read(half), Err(ImportFault::Unreadable { .. }));
        prop_assert!(refused);
    }

    #[test]
    fn a_damaged_file_is_refused_or_is_a_form(form in forms(1..3, 1..4), places in prop::collection::vec(any::<(Index, u8)>(), 1..4)) {
        let mut file = serde_json::to_vec(&Envelope::of(form)).unwrap();
        for (place, byte) in places {
            let at = place.index(file.len());
            file[at] = byte;
        }
        if let Ok(form) = read(&file) {
            prop_assert_eq!(form.check(), []);
        }
    }

    #[test]
    fn anything_else_is_refused(bytes: Vec<u8>) {
        prop_assert!(read(&bytes).is_err());
    }
}
