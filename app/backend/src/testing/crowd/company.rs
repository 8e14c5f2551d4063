//! Who works there, and on which numbers they are rung.

use model::{
    account::Role,
    id::{PersonId, UnitId},
    people::PersonForm,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::{OWN, PASSWORD, RESTRICTED, SUPER, TINY, dice::Dice};
use crate::{
    Backend, Operator,
    account::{FirstPassword, NewAccount},
    people::{
        self,
        entity::{direct_number, person},
    },
};

const PEOPLE: usize = 400;
const DIRECT_NUMBERS: usize = 60;
const FIRST: [&str; 32] = [
    "Åsa", "Örjan", "Anna", "Lars", "Eva", "Mikael", "Maria", "Anders", "Karin", "Johan", "Sara", "Per", "Malin",
    "Göran", "Märta", "Björn", "Lisa", "Sören", "Emma", "Nils", "Ingrid", "Åke", "Frida", "Håkan", "Hanna", "Pär",
    "Ulla", "Jörgen", "Elin", "Kjell", "Zahra", "Émile",
];
pub(super) const LAST: [&str; 36] = [
    "Andersson",
    "Johansson",
    "Karlsson",
    "Nilsson",
    "Eriksson",
    "Öström",
    "Åkesson",
    "Sjöberg",
    "Lindström",
    "Häggkvist",
    "Bergström",
    "Almhöjd",
    "Nyström",
    "Söderlund",
    "Lundqvist",
    "Björklund",
    "Holmgren",
    "Åström",
    "Ekman",
    "Hedlund",
    "Wikström",
    "Forsberg",
    "Hållén",
    "Strandberg",
    "Mårtensson",
    "Fransson",
    "Sundström",
    "Öberg",
    "Norén",
    "Ljung",
    "Kääriäinen",
    "Nguyen",
    "Hassan",
    "Kowalski",
    "Ärlig",
    "Ekdahl",
];
const DEPARTMENTS: [&str; 20] = [
    "Kundtjänst",
    "Försäljning",
    "Teknisk support",
    "Order",
    "Reklamation",
    "Ekonomi",
    "Växel",
    "Bokning",
    "Logistik",
    "Företag",
    "Privat",
    "Norden",
    "Inkasso",
    "Skador",
    "Rådgivning",
    "Återförsäljare",
    "Personal",
    "Inköp",
    "Ledning",
    "Arkivet",
];
const DISTRICTS: [&str; 5] = ["Norr", "Söder", "Öst", "Väst", "Mälardalen"];
const OFFICES: [&str; 8] = [
    "Stockholm",
    "Göteborg",
    "Malmö",
    "Norrköping",
    "Umeå",
    "Örebro",
    "Östersund",
    "Växjö",
];
/// Who hears these three departments is neither everyone nor few.
const HEARD: [&str; 3] = ["Ekonomi", "Växel", "Bokning"];

/// Everyone who is recorded.
pub struct Staff {
    pub people: Vec<person::Model>,
    pub direct_numbers: Vec<String>,
}

impl Staff {
    /// Fills the tables of people, numbers and accounts.
    pub async fn hire(backend: &Backend, dice: &mut Dice) -> Self {
        let transaction = backend.writing().await.unwrap();
        let mut ids = vec![];
        for at in 0..PEOPLE {
            let form = form(at, dice);
            ids.push(
                people::add(backend, &transaction, form, None, people::By::Administrator)
                    .await
                    .unwrap(),
            );
        }
        let direct_numbers: Vec<String> = (0..DIRECT_NUMBERS)
            .map(|at| format!("+4611391{:04}", 3_000 + 7 * at))
            .collect();
        let rows = direct_numbers
            .iter()
            .enumerate()
            .map(|(at, number)| direct_number::ActiveModel {
                id: Set(backend.new_id().unwrap()),
                number: Set(number.clone()),
                name: Set(if at % 3 == 0 {
                    String::new()
                } else {
                    format!("Linje {at}")
                }),
            });
        direct_number::Entity::insert_many(rows)
            .exec_without_returning(&transaction)
            .await
            .unwrap();
        transaction.commit().await.unwrap();
        accounts(backend).await;
        Self {
            people: in_order(backend, &ids).await,
            direct_numbers,
        }
    }
}

fn form(at: usize, dice: &mut Dice) -> PersonForm {
    // The last one is alone in the last department, and has the fewest calls of all.
    let department = if at == PEOPLE - 1 {
        DEPARTMENTS.len() - 1
    } else {
        dice.skewed(DEPARTMENTS.len() - 1, 1.6)
    };
    PersonForm {
        first_name: dice.of(&FIRST).to_owned(),
        last_name: dice.of(&LAST).to_owned(),
        email: Some(if at == PEOPLE / 4 {
            OWN.to_owned()
        } else {
            format!("person.{at}@crowd.example")
        }),
        extension: Some(format!("a1669{:05}", 47_000 + 3 * at)),
        recording_active: true,
        district: Some(DISTRICTS[department % DISTRICTS.len()].to_owned()),
        department: Some(DEPARTMENTS[department].to_owned()),
        cost_center: Some(format!("{}", 4_100 + 10 * dice.skewed(30, 1.5))),
        office: Some(OFFICES[dice.skewed(OFFICES.len(), 1.5)].to_owned()),
        ..PersonForm::default()
    }
}

async fn in_order(backend: &Backend, ids: &[PersonId]) -> Vec<person::Model> {
    let mut people = person::Entity::find()
        .filter(person::COLUMN.id.is_in(ids.iter().copied()))
        .all(backend.db())
        .await
        .unwrap();
    people.sort_by_key(|person| person.extension.clone());
    people
}

async fn accounts(backend: &Backend) {
    let operator = Operator::at_the_command_line();
    let mut departments: Vec<UnitId> = vec![];
    for name in HEARD.iter().chain(DEPARTMENTS.last()) {
        departments.extend(backend.department(operator, name).await.unwrap());
    }
    for (email, role, departments) in [
        (SUPER, Role::Super, &[][..]),
        (RESTRICTED, Role::Restricted, &departments[..3]),
        (TINY, Role::Restricted, &departments[3..]),
        (OWN, Role::MyConsole, &[]),
    ] {
        let new = NewAccount {
            email: email.to_owned(),
            password: FirstPassword::Own(PASSWORD.to_owned()),
            role,
            departments: departments.to_vec(),
            agreed: true,
        };
        backend.add_account(operator, new).await.unwrap();
    }
}
