//! What a list becomes as a file, read by those who will read it: spreadsheets and unpackers.

use std::{
    io::{Cursor, Read, Write},
    process::{Command, Stdio},
};

use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use calamine::{Data, Reader, Xlsx};
use model::{
    bulk::{Deed, PackProgress, Selection},
    id::RecordingId,
    recording::Flag,
};
use tower::ServiceExt;

use crate::{
    bulk::mark,
    house::{FORM, House, OPERATOR, alaw, form, request, wav},
};

/// Pelle has two calls that began at the same second with the same number, one of them tagged and flagged; Åsa has one.
pub struct Calls {
    pub house: House,
    pub eva: String,
    pub pelles: [RecordingId; 2],
    pub asas: RecordingId,
}

fn other_sound() -> Vec<u8> {
    wav(1, 1, 16, &[7; 4_000])
}

impl Calls {
    pub async fn new() -> Self {
        let house = House::with_people().await;
        let pelles = [
            house.recording("c-1", "a1", alaw()).await,
            house.recording("c-2", "a1", other_sound()).await,
        ];
        let asas = house.recording("c-3", "a3", wav(7, 1, 8, &[0x7f; 800])).await;
        let eva = house.sign_in("eva@hark.test").await;
        let tag = Deed::Tag(Some("=HYPERLINK(\"x\";1)".into()));
        mark(&house, &eva, &Selection::one(pelles[0]), &tag).await;
        mark(&house, &eva, &Selection::one(pelles[0]), &Deed::Flag(Some(Flag::Red))).await;
        Self {
            house,
            eva,
            pelles,
            asas,
        }
    }

    async fn csv(&self, cookie: &str, address: &str) -> Vec<Vec<String>> {
        let answer = self.house.get(address, Some(cookie)).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text());
        read_csv(&answer.body)
    }

    pub async fn progress(&self, cookie: &str, ticket: &str) -> Option<PackProgress> {
        let body = format!(r#"{{"ticket":"{ticket}"}}"#);
        let path = "/fn/recordings/pack-progress";
        let answer = self.house.call(path, Some(cookie), "application/json", body).await;
        serde_json::from_slice(&answer.body).unwrap()
    }

    async fn speak_english(&self) {
        let body = form(&[("name", "locale"), ("value", "en")]);
        self.house
            .call("/fn/preferences/set", Some(&self.eva), FORM, body)
            .await;
    }

    /// An answer that is read piece by piece.
    pub async fn begin(&self, cookie: &str, address: &str) -> Body {
        let asked = request(Method::GET, address, Some(cookie)).body(Body::empty()).unwrap();
        let answer = self.house.router.clone().oneshot(asked).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        answer.into_body()
    }
}

pub fn read_csv(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(bytes).unwrap();
    let text = text
        .strip_prefix('\u{feff}')
        .expect("spreadsheets know UTF-8 by its mark");
    let separator = if text.lines().next().unwrap().contains(';') {
        b';'
    } else {
        b','
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let rows = reader
        .records()
        .map(|row| row.unwrap().iter().map(ToOwned::to_owned).collect());
    rows.collect()
}

fn unzip(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|place| {
            let mut file = archive.by_index(place).unwrap();
            let mut bytes = vec![];
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().to_string(), bytes)
        })
        .collect()
}

const FIRST: &str = "20261123_115900_Pelle-Persson_+46701740605_+46846500401.wav";
const SECOND: &str = "20261123_115900_Pelle-Persson_+46701740605_+46846500401 (2).wav";
const ASAS: &str = "20261123_115900_Åsa-Öström_+46701740605_+46846500401.wav";

#[tokio::test(flavor = "multi_thread")]
async fn a_csv_says_what_the_list_says_in_the_readers_language() {
    let calls = Calls::new().await;
    let answer = calls.house.get("/recordings.csv", Some(&calls.eva)).await;
    assert_eq!(answer.header(header::CONTENT_TYPE), "text/csv; charset=utf-8");
    assert!(
        answer
            .header(header::CONTENT_DISPOSITION)
            .contains("filename*=UTF-8''Samtalsinspelningar%202026-11-23.csv")
    );
    let rows = read_csv(&answer.body);
    assert_eq!(
        rows[0],
        [
            "Riktning",
            "Datum",
            "Tid",
            "Anknytning",
            "Användare",
            "Nummer",
            "Direktnummer",
            "Kanal",
            "Längd",
            "Tagg",
            "Flagga",
            "Utvärdering (%)"
        ]
    );
    assert_eq!(rows.len(), 4);
    let tagged = rows.iter().find(|row| row[10] == "Röd flagga").unwrap();
    assert_eq!(
        tagged,
        &[
            "Inkommande",
            "2026-11-23",
            "11:59:00",
            "a1",
            "Pelle Persson",
            "070-174 06 05",
            "08-465 004 01",
            "",
            "00:00:02",
            "'=HYPERLINK(\"x\";1)",
            "Röd flagga",
            ""
        ]
    );
    calls.speak_english().await;
    let rows = calls
        .csv(
            &calls.eva,
            "/recordings.csv?columns=flag,date,evaluation,flag,colour&who=a1&sort=flag",
        )
        .await;
    assert_eq!(rows[0], ["Flag", "Date", "Evaluation (%)"]);
    assert_eq!(rows[1], ["", "2026-11-23", ""]);
    assert_eq!(
        rows[2],
        ["Red flag", "2026-11-23", ""],
        "in the order that was asked for"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_book_holds_texts_and_a_length_that_can_be_summed() {
    let calls = Calls::new().await;
    let address = format!(
        "/recordings.xlsx?columns=extension,number,tag,length&id={}",
        calls.pelles[0]
    );
    let answer = calls.house.get(&address, Some(&calls.eva)).await;
    assert_eq!(answer.status, StatusCode::OK);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(answer.body)).unwrap();
    let range = book.worksheet_range("Inspelningar").unwrap();
    let rows: Vec<Vec<Data>> = range.rows().map(<[Data]>::to_vec).collect();
    let texts = |texts: &[&str]| {
        texts
            .iter()
            .map(|text| Data::String((*text).to_owned()))
            .collect::<Vec<_>>()
    };
    assert_eq!(rows[0], texts(&["Anknytning", "Nummer", "Tagg", "Längd"]));
    assert_eq!(rows[1][..3], texts(&["a1", "070-174 06 05", "=HYPERLINK(\"x\";1)"]));
    let Data::DateTime(length) = &rows[1][3] else {
        panic!("a length is {:?}", rows[1][3])
    };
    assert!(length.is_duration() && (length.as_f64() * 86_400.0 - 2.0).abs() < 1e-6);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_holds_every_sound_as_it_was_handed_in() {
    let calls = Calls::new().await;
    let answer = calls.house.get("/recordings.zip?ticket=t-1", Some(&calls.eva)).await;
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/zip");
    assert!(
        answer
            .header(header::CONTENT_DISPOSITION)
            .contains("filename*=UTF-8''Samtalsinspelningar%202026-11-23.zip")
    );
    let files = unzip(&answer.body);
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names[3..], ["Inspelningar.csv"], "the sheet is last");
    let sound = |name: &str| &files.iter().find(|(of, _)| of == name).unwrap().1;
    let sheet = read_csv(&files[3].1);
    assert_eq!(sheet[0].last().unwrap(), "Fil");
    // Newest first: the second of the two came later.
    let listed: Vec<&str> = sheet[1..].iter().map(|row| row.last().unwrap().as_str()).collect();
    assert_eq!(listed, names[..3], "the sheet says which is which, in the same order");
    let tagged = sheet.iter().find(|row| row[10] == "Röd flagga").unwrap();
    assert_eq!(sound(tagged.last().unwrap()), &alaw());
    let mut pelles = [sound(FIRST), sound(SECOND)];
    pelles.sort_by_key(|sound| sound.len());
    assert_eq!(pelles, [&other_sound(), &alaw()]);
    assert_eq!(sound(ASAS), &wav(7, 1, 8, &[0x7f; 800]));
    let progress = calls.progress(&calls.eva, "t-1").await.unwrap();
    let bytes = answer.body.len() as u64;
    assert_eq!(
        (
            progress.done,
            progress.total,
            progress.left_out,
            progress.bytes,
            progress.ended
        ),
        (3, 3, 0, bytes, true)
    );
    let pelle = calls.house.sign_in("a1@hark.test").await;
    assert_eq!(calls.progress(&pelle, "t-1").await, None, "a ticket is its owner's");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_unpacker_finds_the_same() {
    const PROGRAM: &str = "import sys, io, zipfile\n\
        archive = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))\n\
        assert archive.testzip() is None\n\
        for entry in archive.infolist():\n    \
            sys.stdout.buffer.write(f'{entry.filename}\\t{entry.file_size}\\t{entry.date_time}\\n'.encode())\n";
    let python = Command::new("python3")
        .args(["-c", PROGRAM])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut python) = python else {
        println!("not tested: unpacking with another program, since there is no python3");
        return;
    };
    let calls = Calls::new().await;
    calls.speak_english().await;
    let answer = calls.house.get("/recordings.zip?sheet=xlsx", Some(&calls.eva)).await;
    assert!(
        answer
            .header(header::CONTENT_DISPOSITION)
            .contains("Recordings%202026-11-23.zip")
    );
    python.stdin.take().unwrap().write_all(&answer.body).unwrap();
    let said = python.wait_with_output().unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(
        said.contains(&format!(
            "{ASAS}\t{}\t(2026, 11, 23, 11, 59, 0)",
            wav(7, 1, 8, &[0x7f; 800]).len()
        )),
        "{said}"
    );
    assert!(
        said.contains(SECOND) && said.lines().last().unwrap().starts_with("Recordings.xlsx\t"),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_holds_what_is_meant_and_within_scope() {
    let calls = Calls::new().await;
    let count =
        async |cookie: &str, words: &str| calls.csv(cookie, &format!("/recordings.csv?{words}")).await.len() - 1;
    let (eva, [one, two], asas) = (&calls.eva, calls.pelles, calls.asas);
    assert_eq!(count(eva, "limit=2").await, 2);
    assert_eq!(count(eva, &format!("except={one}&except={asas}")).await, 1);
    assert_eq!(
        count(eva, &format!("limit=2&except={asas}")).await,
        1,
        "none moves up in its place"
    );
    assert_eq!(count(eva, "period=yesterday").await, 0);
    let pelle = calls.house.sign_in("a1@hark.test").await;
    assert_eq!(count(&pelle, "").await, 2);
    assert_eq!(count(&pelle, &format!("id={one}&id={asas}&id={two}")).await, 2);
    for end in ["csv", "xlsx", "zip"] {
        let foreign = calls
            .house
            .get(&format!("/recordings.{end}?id={asas}"), Some(&pelle))
            .await;
        let missing = calls.house.get(&format!("/recordings.{end}?id=7"), Some(&pelle)).await;
        assert_eq!(
            (foreign.status, &foreign.body),
            (StatusCode::NOT_FOUND, &missing.body),
            "{end}"
        );
    }
    let karin = calls.house.sign_in("karin@hark.test").await;
    let refused = calls.house.get("/recordings.zip", Some(&karin)).await;
    let stranger = calls.house.get("/recordings.zip", None).await;
    assert_eq!((refused.status, &refused.body), (StatusCode::NOT_FOUND, &stranger.body));
    let body = form(&[("download", "on")]);
    calls
        .house
        .call("/fn/configuration/set-restricted", Some(eva), FORM, body)
        .await;
    let files = unzip(&calls.house.get("/recordings.zip", Some(&karin)).await.body);
    assert_eq!(files.len(), 3, "two sounds of her department, and the sheet");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sound_that_cannot_be_read_is_left_out_and_said() {
    let calls = Calls::new().await;
    let lost = calls.house.backend().check_storage(OPERATOR).await.unwrap();
    assert_eq!(lost.found, 3);
    let folder = calls.house.fixture.folder.path().join("media/2026/11");
    let file = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| std::fs::read(path).unwrap() == alaw())
        .unwrap();
    std::fs::remove_file(file).unwrap();
    let answer = calls.house.get("/recordings.zip?ticket=t", Some(&calls.eva)).await;
    let files = unzip(&answer.body);
    assert_eq!(files.len(), 3);
    let sheet = read_csv(&files[2].1);
    let lost = sheet.iter().find(|row| row[10] == "Röd flagga").unwrap();
    assert_eq!(lost.last().unwrap(), "Ljudet kunde inte läsas");
    let progress = calls.progress(&calls.eva, "t").await.unwrap();
    assert_eq!((progress.done, progress.total, progress.left_out), (2, 3, 1));
}
