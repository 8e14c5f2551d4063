//! What a person's fields may hold. Everything that is wrong is said at once.

use model::{
    people::PersonForm,
    problem::{Field, Invalid},
};

use crate::{Numbering, account, db::text::is_unseen, error::Faults};

/// The longest text of a field, and the most numbers of one person.
const LONGEST: u32 = 120;
const MOST_NUMBERS: usize = 20;

/// The fields as they are kept: trimmed, empty ones gone, numbers in their one form.
pub(super) fn check(form: PersonForm, numbering: Numbering, faults: &mut Faults) -> PersonForm {
    let mut text = |field, text: Option<String>| faults.keep(field, line(text.as_deref()));
    let mut checked = PersonForm {
        first_name: text(Field::FirstName, Some(form.first_name)).unwrap_or_default(),
        last_name: text(Field::LastName, Some(form.last_name)).unwrap_or_default(),
        email: text(Field::Email, form.email),
        title: text(Field::Title, form.title),
        extension: text(Field::Extension, form.extension),
        numbers: vec![],
        recording_active: form.recording_active,
        dashboard_active: form.dashboard_active,
        district: text(Field::District, form.district),
        department: text(Field::Department, form.department),
        cost_center: text(Field::CostCenter, form.cost_center),
        office: text(Field::Office, form.office),
    };
    if checked.first_name.is_empty() && checked.last_name.is_empty() {
        faults.add(Field::FirstName, Invalid::Missing);
    }
    if let Some(email) = &checked.email
        && let Err(why) = account::check_email(email)
    {
        faults.add(Field::Email, why);
    }
    if checked
        .extension
        .as_ref()
        .is_some_and(|extension| extension.chars().any(char::is_whitespace))
    {
        faults.add(Field::Extension, Invalid::Form);
    }
    if form.numbers.len() > MOST_NUMBERS {
        faults.add(Field::Numbers, Invalid::TooMany { most: 20 });
        return checked;
    }
    for number in form.numbers {
        if let Some(number) = faults.keep(Field::Numbers, line(Some(&number))) {
            let number = numbering.normalise(&number);
            if !checked.numbers.contains(&number) {
                checked.numbers.push(number);
            }
        }
    }
    checked
}

/// One line of text, without blanks around it; none when nothing is left.
pub(super) fn line(text: Option<&str>) -> Result<Option<String>, Invalid> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    if text.chars().any(is_unseen) {
        Err(Invalid::Characters)
    } else if text.chars().count() > LONGEST as usize {
        Err(Invalid::TooLong { most: LONGEST })
    } else {
        Ok(Some(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use model::problem::{Problem, Wrong};

    use super::*;
    use crate::Error;

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let mut faults = Faults::default();
        let form = PersonForm {
            first_name: " ".into(),
            last_name: "a\u{202e}b".into(),
            email: Some("pelle".into()),
            extension: Some("a 1".into()),
            title: Some("å".repeat(121)),
            ..PersonForm::default()
        };
        check(form, Numbering::of("SE"), &mut faults);
        let Err(Error::Problem(Problem::Invalid(wrong))) = faults.end() else {
            panic!("it is taken");
        };
        let said: Vec<(Field, Invalid)> = wrong.into_iter().map(|Wrong { field, why }| (field, why)).collect();
        assert_eq!(
            said,
            [
                (Field::LastName, Invalid::Characters),
                (Field::Title, Invalid::TooLong { most: 120 }),
                (Field::FirstName, Invalid::Missing),
                (Field::Email, Invalid::Form),
                (Field::Extension, Invalid::Form),
            ]
        );
    }

    #[test]
    fn numbers_are_kept_in_their_one_form_and_once() {
        let mut faults = Faults::default();
        let form = PersonForm {
            first_name: " Åsa ".into(),
            numbers: vec![
                "070-921 40 80".into(),
                "+46709214080".into(),
                " ".into(),
                "90510".into(),
            ],
            ..PersonForm::default()
        };
        let checked = check(form, Numbering::of("SE"), &mut faults);
        faults.end().unwrap();
        assert_eq!(checked.first_name, "Åsa");
        assert_eq!(checked.numbers, ["+46709214080", "90510"]);
    }
}
