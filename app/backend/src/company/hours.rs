//! When the company is at work (checklist 94), as a setting and as what a list is narrowed by.

use std::ops::RangeInclusive;

use model::{
    filter::Hours,
    hours::{Holiday, OfficeHours},
    problem::{Field, Invalid},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, Condition};

use super::{Company, ONLY, entity};
use crate::{Authority, Backend, Error, ManageSettings, recordings::entity::recording::COLUMN};

/// The most days of one's own.
const DAYS: u32 = 400;

impl Backend {
    /// Says when the company is at work.
    ///
    /// # Errors
    /// When there are too many days of one's own, or the database does not answer.
    pub async fn set_office_hours(
        &self,
        _: impl Authority<ManageSettings>,
        mut hours: OfficeHours,
    ) -> Result<(), Error> {
        hours.days.sort_by_key(|own| own.day);
        if hours.days.windows(2).any(|two| two[0].day == two[1].day) {
            return Err(Error::invalid(Field::OwnDays, Invalid::Twice));
        }
        if hours.days.len() > DAYS as usize {
            return Err(Error::invalid(Field::OwnDays, Invalid::TooMany { most: DAYS }));
        }
        let row = entity::ActiveModel {
            id: Set(ONLY),
            office_hours: Set(Some(serde_json::to_string(&hours).map_err(Error::internal)?)),
            ..Default::default()
        };
        row.update(self.db()).await?;
        Ok(())
    }
}

impl Company {
    /// That a call began while the company was at work, by its own clocks, in these years. Every recording has the clock of
    /// its beginning, so nights in which clocks change are like others.
    pub(crate) fn at_work(&self, years: RangeInclusive<i16>) -> Condition {
        let hours = &self.office_hours;
        let own: Vec<i64> = hours.days.iter().map(|own| i64::from(own.day.number())).collect();
        let mut free = own;
        if hours.holidays {
            let of_year = |year| {
                Holiday::of_year(&self.country, year)
                    .into_iter()
                    .map(|(_, day)| i64::from(day))
            };
            free.extend(years.flat_map(of_year));
        }
        let mut any = Condition::any();
        // Weekdays with the same hours are looked at together.
        for (place, work) in hours.week.iter().enumerate() {
            if let Some(work) = work
                && hours.week.iter().position(|other| other == &Some(*work)) == Some(place)
            {
                let alike = (1_i16..)
                    .zip(&hours.week)
                    .filter(|(_, other)| **other == Some(*work))
                    .map(|(day, _)| day);
                any = any.add(Condition::all().add(COLUMN.weekday.is_in(alike)).add(within(*work)));
            }
        }
        let mut usual = Condition::all().add(any);
        if !free.is_empty() {
            usual = usual.add(COLUMN.civil_day.is_not_in(free));
        }
        hours
            .days
            .iter()
            .fold(Condition::any().add(usual), |any, own| match own.hours {
                Some(work) => any.add(
                    Condition::all()
                        .add(COLUMN.civil_day.eq(i64::from(own.day.number())))
                        .add(within(work)),
                ),
                None => any,
            })
    }
}

/// That a call began in these hours of its day.
pub(crate) fn within(hours: Hours) -> Condition {
    let (from, to) = (
        i16::try_from(hours.from).unwrap_or_default(),
        i16::try_from(hours.to).unwrap_or(i16::MAX),
    );
    let (after, before) = (COLUMN.minute.gte(from), COLUMN.minute.lt(to));
    if from < to { Condition::all() } else { Condition::any() }
        .add(after)
        .add(before)
}
