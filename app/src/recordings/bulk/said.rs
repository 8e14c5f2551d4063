//! How far it is with what is done to many, in a sentence.

use model::bulk::{Deed, Progress};

use super::{
    super::{criteria::flag_name, words},
    work::Work,
};
use crate::{
    format,
    i18n::{Locale, td_string},
};

/// How far it is, in a sentence.
pub fn said(locale: Locale, work: &Work) -> String {
    let Progress {
        count,
        done,
        changed,
        left_alone,
        ended,
        ..
    } = work.progress;
    let number = |number| format::count(locale, number);
    let recordings = |number| {
        let (number, noun) = words::count(locale, number);
        format!("{number} {noun}")
    };
    if !ended {
        let (done, count) = (number(done), number(count));
        return match (work.stopped, work.undoing) {
            (false, _) => td_string!(locale, list.at_work, done = done, count = count),
            (true, false) => {
                let deed = named(locale, &work.deed);
                td_string!(locale, list.stopped_at, deed = deed, done = done, count = count)
            }
            (true, true) => {
                let deed = named(locale, &work.deed);
                td_string!(locale, list.undoing_stopped_at, deed = deed, done = done, count = count)
            }
        };
    }
    let mut words = match (&work.deed, work.undoing) {
        (deed, true) => {
            let deed = named(locale, deed);
            td_string!(locale, list.undone, deed = deed, count = recordings(changed))
        }
        (Deed::Flag(None), _) => td_string!(locale, list.unflagged, count = recordings(changed)),
        (Deed::Flag(flag), _) => {
            td_string!(
                locale,
                list.flagged,
                count = recordings(changed),
                flag = flag_name(locale, *flag).to_lowercase()
            )
        }
        (Deed::Tag(None), _) => td_string!(locale, list.untagged, count = recordings(changed)),
        (Deed::Tag(Some(tag)), _) => td_string!(locale, list.tagged, count = recordings(changed), tag = tag.clone()),
    };
    let same = count.saturating_sub(changed + left_alone);
    if same > 0 && !work.undoing {
        words.push(' ');
        words.push_str(&td_string!(locale, list.same_already, count = number(same)));
    }
    if left_alone > 0 {
        words.push(' ');
        let count = number(left_alone);
        words.push_str(&if work.undoing {
            td_string!(locale, list.left_since, count = count)
        } else {
            td_string!(locale, list.left_alone, count = count)
        });
    }
    words
}

/// What was to be done, as a sentence begins with it.
fn named(locale: Locale, deed: &Deed) -> String {
    match deed {
        Deed::Flag(None) => td_string!(locale, list.deed_unflag).to_owned(),
        Deed::Flag(flag) => td_string!(locale, list.deed_flag, flag = flag_name(locale, *flag)),
        Deed::Tag(None) => td_string!(locale, list.deed_untag).to_owned(),
        Deed::Tag(Some(tag)) => td_string!(locale, list.deed_tag, tag = tag.clone()),
    }
}

#[cfg(test)]
mod tests {
    use model::{id::ChangeId, recording::Flag};

    use super::*;

    #[test]
    fn what_was_stopped_says_what_it_was() {
        let told = |deed, undoing| {
            let progress = Progress {
                id: ChangeId(1),
                count: 500,
                done: 200,
                changed: 200,
                left_alone: 0,
                ended: false,
            };
            let work = Work {
                deed,
                progress,
                undoing,
                stopped: true,
            };
            said(Locale::sv, &work)
        };
        let (red, tag) = (Deed::Flag(Some(Flag::Red)), Deed::Tag(Some("Vår".into())));
        assert_eq!(told(red.clone(), false), "Röd flagga: stoppat efter 200 av 500.");
        assert_eq!(told(red, true), "Röd flagga: ångrandet stoppat efter 200 av 500.");
        assert_eq!(told(tag, false), "Taggen Vår: stoppat efter 200 av 500.");
        assert_eq!(told(Deed::Flag(None), false), "Ingen flagga: stoppat efter 200 av 500.");
    }

    #[test]
    fn what_was_undone_says_what_it_was_and_no_more() {
        let told = |deed, count| {
            let progress = Progress {
                id: ChangeId(1),
                count,
                done: count,
                changed: count,
                left_alone: 0,
                ended: true,
            };
            let work = Work {
                deed,
                progress,
                undoing: true,
                stopped: false,
            };
            said(Locale::sv, &work)
        };
        // What else has been done to them since stays as it is.
        assert_eq!(
            told(Deed::Flag(Some(Flag::Red)), 4),
            "Röd flagga: ångrat på 4 inspelningar."
        );
        assert_eq!(
            told(Deed::Tag(Some("Vår".into())), 1),
            "Taggen Vår: ångrat på 1 inspelning."
        );
        assert_eq!(told(Deed::Tag(None), 2), "Ingen tagg: ångrat på 2 inspelningar.");
    }
}
