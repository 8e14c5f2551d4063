//! What a recording is found and sorted by, made from what is known of its call.

use model::{id::PersonId, instant::Stamp, people::Level};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};

use super::entity::recording;
use crate::{
    Backend, Error,
    company::{self, Company},
    db::text::{fold, plain, sort_key},
    people::{entity::person, full_name},
    phone::Numbering,
};

/// Rows that are looked at between two breaths.
const PIECE: u64 = 500;
/// Sorts behind every tag.
const UNTAGGED: &str = "zzzzz";

/// Writes the company's clock at the call's beginning into its row.
pub(crate) fn set_clock(row: &mut recording::ActiveModel, stamp: &Stamp) {
    let (hour, minute, _) = stamp.time;
    row.minute = Set(i16::from(hour) * 60 + i16::from(minute));
    row.weekday = Set(i16::from(stamp.weekday));
    row.civil_day = Set(i64::from(stamp.day().number()));
}

/// Writes what the call is found by into its row, but for what its person and its listener add.
pub(crate) fn set_call(row: &mut recording::ActiveModel, call: &CallWords<'_>, numbering: Numbering) {
    let number = call.number.unwrap_or_default();
    row.number_key = Set(number.to_owned());
    row.rung_key = Set(call.rung.unwrap_or_default().to_owned());
    let mut words = vec![call.extension.to_owned()];
    words.extend(call.name.map(ToOwned::to_owned));
    for number in [call.number, call.rung].into_iter().flatten() {
        words.push(number.to_owned());
        // As it is dialled at home, so that a part of it is found too.
        let home: String = numbering
            .show(number)
            .shown
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        if !number.ends_with(&home) || home.is_empty() {
            words.push(home);
        }
    }
    row.call_text = Set(findable(&words.join(" ")));
}

/// What of a call is searched in.
pub(crate) struct CallWords<'a> {
    pub extension: &'a str,
    pub name: Option<&'a str>,
    pub number: Option<&'a str>,
    pub rung: Option<&'a str>,
}

impl<'a> From<&'a recording::Model> for CallWords<'a> {
    fn from(row: &'a recording::Model) -> Self {
        Self {
            extension: &row.extension,
            name: row.other_name.as_deref(),
            number: row.other_number.as_deref(),
            rung: row.number_rung.as_deref(),
        }
    }
}

/// What the recorded person's name is found and sorted by; an extension that nobody has stands for itself.
pub(crate) fn of_person(name: Option<&str>, extension: &str) -> (String, String) {
    (
        name.map(findable).unwrap_or_default(),
        sort_key(name.unwrap_or(extension)),
    )
}

/// What a tag is found and sorted by.
pub(crate) fn of_tag(tag: Option<&str>) -> (String, String) {
    match tag {
        Some(tag) => (findable(tag), sort_key(tag)),
        None => (String::new(), UNTAGGED.to_owned()),
    }
}

/// Small letters; and the same without marks, where it differs: `ostrom` finds Öström.
fn findable(text: &str) -> String {
    let folded = fold(text);
    let plain = plain(&folded);
    if plain == folded {
        folded
    } else {
        format!("{folded} {plain}")
    }
}

/// The recorded person has another name: the recordings are found by it from now on.
pub(crate) async fn rename_person(db: &impl ConnectionTrait, id: PersonId, name: &str) -> Result<(), Error> {
    let (text, key) = of_person(Some(name), "");
    recording::Entity::update_many()
        .col_expr(recording::Column::WhoText, Expr::val(text))
        .col_expr(recording::Column::WhoKey, Expr::val(key))
        .filter(recording::COLUMN.person_id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

impl Backend {
    /// Looks at every recording that has not been looked at yet, or whose clock was that of another zone.
    pub(crate) async fn make_recordings_findable(&self) -> Result<(), Error> {
        let (company, zone, stamped) = {
            let row = company::row(self.db()).await?;
            let (zone, stamped) = (row.zone.clone(), row.stamped_zone.clone());
            (Company::from(row), zone, stamped)
        };
        if stamped.as_ref() == Some(&zone) {
            return Ok(());
        }
        let mut after = i64::MIN;
        loop {
            let rows = recording::Entity::find()
                .filter(recording::COLUMN.moment.gt(after))
                .order_by_asc(recording::COLUMN.moment)
                .limit(PIECE)
                .all(self.db())
                .await?;
            let Some(last) = rows.last() else { break };
            after = last.moment;
            self.look_at(&company, rows, stamped.is_none()).await?;
        }
        company::mark_stamped(self.db(), &zone).await
    }

    async fn look_at(&self, company: &Company, rows: Vec<recording::Model>, anew: bool) -> Result<(), Error> {
        let ids: Vec<PersonId> = rows.iter().filter_map(|row| row.person_id).collect();
        let people = person::Entity::find()
            .filter(person::COLUMN.id.is_in(ids))
            .all(self.db())
            .await?;
        let transaction = self.writing().await?;
        for row in rows {
            let mut new = recording::ActiveModel {
                id: Set(row.id),
                ..Default::default()
            };
            set_clock(&mut new, &company.calendar.stamp(row.started_at));
            if anew {
                let person = people.iter().find(|person| Some(person.id) == row.person_id);
                let name = person.map(|person| full_name(&person.first_name, &person.last_name));
                set_call(&mut new, &(&row).into(), company.numbering);
                let (who_text, who_key) = of_person(name.as_deref(), &row.extension);
                let (tag_text, tag_key) = of_tag(row.tag.as_deref());
                (new.who_text, new.who_key) = (Set(who_text), Set(who_key));
                (new.tag_text, new.tag_key) = (Set(tag_text), Set(tag_key));
                // Nobody has written down where they were then: where they are now is the nearest to it.
                new.district_id = Set(person.and_then(|person| person.unit(Level::District)));
                new.cost_center_id = Set(person.and_then(|person| person.unit(Level::CostCenter)));
                new.office_id = Set(person.and_then(|person| person.unit(Level::Office)));
            }
            recording::Entity::update(new).exec(&transaction).await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_by_any_part_of_it_as_it_is_written_here() {
        let mut row = recording::ActiveModel::default();
        let call = CallWords {
            extension: "a166947070",
            name: Some("Åsa Öström"),
            number: Some("+46709214080"),
            rung: None,
        };
        set_call(&mut row, &call, Numbering::of("SE"));
        assert_eq!(
            row.call_text.unwrap(),
            "a166947070 åsa öström +46709214080 0709214080 a166947070 asa ostrom +46709214080 0709214080"
        );
    }

    #[test]
    fn untagged_sorts_behind_every_tag() {
        assert!(of_tag(Some("Övrigt")).1 < of_tag(None).1);
        assert_eq!(of_tag(Some("Återköp")).0, "återköp aterkop");
    }
}
