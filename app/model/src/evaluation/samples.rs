//! Forms that tests speak of.

use super::{Band, Choice, Condition, Decimal, Form, Key, Kind, Question, Section, When};

/// A question of yes and no, worth 10 points.
pub fn yes_no(key: u16) -> Question {
    Question {
        key: Key(key),
        words: format!("Fråga {key}"),
        help: String::new(),
        kind: Kind::YesNo {
            right: true,
            yes_help: String::new(),
            no_help: String::new(),
        },
        weight: 10,
        not_applicable: false,
        critical: false,
        required: false,
        condition: None,
    }
}

/// A question with five steps, worth 5 points, which may not apply.
pub fn scale(key: u16) -> Question {
    Question {
        kind: Kind::Scale {
            steps: 5,
            lowest: "Inte alls".into(),
            highest: "Helt".into(),
            helps: vec![],
        },
        weight: 5,
        not_applicable: true,
        ..yes_no(key)
    }
}

/// A choice.
pub fn choice(key: u16, points: u8) -> Choice {
    Choice {
        key: Key(key),
        words: format!("Val {key}"),
        points,
        help: String::new(),
        failing: false,
    }
}

/// A section.
pub fn section(weight: u8, questions: Vec<Question>) -> Section {
    Section {
        title: "Del".into(),
        weight,
        questions,
    }
}

/// A form.
pub fn form(sections: Vec<Section>) -> Form {
    Form {
        title: "Kundsamtal".into(),
        introduction: String::new(),
        sections,
    }
}

/// Yes/no, a scale of 5, a critical choice, a number with bands, a text.
pub fn every_kind() -> Form {
    let choices = vec![
        choice(1, 10),
        choice(2, 4),
        Choice {
            failing: true,
            ..choice(3, 0)
        },
    ];
    let band = |from, to, points| Band {
        from: Decimal(from),
        to: Decimal(to),
        points,
    };
    form(vec![section(
        100,
        vec![
            yes_no(1),
            scale(2),
            Question {
                kind: Kind::Choice { choices },
                critical: true,
                ..yes_no(3)
            },
            Question {
                kind: Kind::Number {
                    unit: "sekunder".into(),
                    bands: vec![band(0, 3_000, 5), band(3_001, 6_000, 2)],
                },
                ..yes_no(4)
            },
            Question {
                kind: Kind::Text,
                weight: 0,
                ..yes_no(5)
            },
        ],
    )])
}

/// Three questions, each of which is shown only where the one before is answered with yes.
pub fn chain() -> Form {
    let after = |key: u16| Question {
        condition: Some(Condition {
            question: Key(key - 1),
            when: When::YesNo(true),
        }),
        ..yes_no(key)
    };
    form(vec![section(100, vec![yes_no(1), after(2), after(3)])])
}

/// The form of the page as it was drawn: sections of weight 20, 50 and 30, a critical question 5 and a required question 7.
pub fn evaluate_page() -> Form {
    let critical = Question {
        weight: 5,
        not_applicable: true,
        critical: true,
        ..yes_no(5)
    };
    let required = Question {
        required: true,
        ..scale(7)
    };
    form(vec![
        section(20, vec![scale(1), scale(2)]),
        section(50, vec![scale(3), scale(4), critical, scale(6)]),
        section(30, vec![required, scale(8)]),
    ])
}
