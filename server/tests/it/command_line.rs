//! The binary as someone at the machine meets it.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Output, Stdio},
};

use crate::house::{alaw, facts};

fn hark(folder: &Path, arguments: &[&str], stdin: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_hark"))
        .arg("--data-dir")
        .arg(folder.join("data"))
        .args(arguments)
        .env("HARK_LANG", "en")
        .env_remove("HARK_DATABASE_URL")
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(stdin.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

#[test]
fn accounts_are_made_listed_and_changed() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str], stdin: &str| hark(folder.path(), arguments, stdin);
    let code = run(&["setup-code"], "");
    assert!(
        code.status.success() && said(&code).trim().len() == 14,
        "{}",
        said(&code)
    );
    assert_eq!(
        said(&run(&["setup-code"], "")),
        said(&code),
        "the code stays until it is used"
    );
    let made = run(&["user", "add", "eva@hark.test", "--role", "super"], "");
    assert!(
        said(&made).contains("may sign in as Super") && said(&made).contains("The password is"),
        "{}",
        said(&made)
    );
    assert!(
        !run(&["setup-code"], "").status.success(),
        "an administrator has claimed it"
    );
    let again = run(&["user", "add", "EVA@hark.test", "--role", "Super"], "Sommar-2026!");
    assert!(
        !again.status.success() && said(&again).contains("already in use"),
        "{}",
        said(&again)
    );
    assert!(
        said(&run(&["user", "add", "kort@hark.test", "--role", "Super"], "kort")).contains("At least 8 characters")
    );
    assert!(
        said(&run(&["user", "set-role", "eva@hark.test", "MyConsole"], "")).contains("at least one Super user"),
        "the last administrator stays"
    );
    assert!(
        !run(&["user", "reset-password", "nobody@hark.test"], "Sommar-2026!")
            .status
            .success()
    );
    assert!(
        run(&["user", "reset-password", "eva@hark.test"], "Sommar-2026!")
            .status
            .success()
    );
    let list = run(&["user", "list", "--json"], "");
    let list: serde_json::Value = serde_json::from_slice(&list.stdout).unwrap();
    assert_eq!(
        (&list[0]["email"], &list[0]["role"]),
        (&"eva@hark.test".into(), &"Super".into())
    );
}

#[test]
fn a_person_gets_what_was_recorded_before() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| hark(folder.path(), arguments, "Sommar-2026!");
    fs::write(folder.path().join("call.wav"), alaw()).unwrap();
    let early = "--call-id c-1 --direction incoming --start 2026-11-20T10:00:00 --extension 201";
    let pushed = run(&["push", "call.wav"]
        .into_iter()
        .chain(early.split(' '))
        .collect::<Vec<_>>());
    assert!(pushed.status.success(), "{}", said(&pushed));
    for file in walk(&folder.path().join("data")) {
        let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&file).unwrap().permissions());
        assert_eq!(mode & 0o077, 0, "{} is its owner's alone", file.display());
    }
    let add =
        "person add --first-name Pelle --last-name Persson --extension 201 --email pelle@hark.test --department Växel";
    let add: Vec<&str> = add.split(' ').collect();
    assert!(run(&add).status.success());
    assert!(
        said(&run(&add)).contains("already in use"),
        "an extension has one person"
    );
    let made = run(&[
        "user",
        "add",
        "karin@hark.test",
        "--role",
        "Restricted",
        "--department",
        "Växel",
    ]);
    assert!(made.status.success(), "the department is there: {}", said(&made));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let url = format!("sqlite:{}", folder.path().join("data/hark.db").display());
        let (clock, chance) = (
            std::sync::Arc::new(backend::SystemClock),
            std::sync::Arc::new(backend::SystemChance),
        );
        let backend = backend::Backend::open(&folder.path().join("data"), &url, clock, chance)
            .await
            .unwrap();
        let operator = backend::Operator::at_the_command_line();
        let hears = backend.account_of(operator, "karin@hark.test").await.unwrap().unwrap();
        let lisa = backend::account::NewAccount {
            email: "lisa@hark.test".into(),
            password: backend::account::FirstPassword::Own("Sommar-2026!".into()),
            role: hears.role,
            departments: hears.departments.iter().map(|unit| unit.id).collect(),
            agreed: true,
        };
        backend.add_account(operator, lisa).await.unwrap();
        let sign_in = backend::account::SignIn {
            email: "lisa@hark.test".into(),
            password: "Sommar-2026!".into(),
            ..Default::default()
        };
        let entry = backend.sign_in(sign_in).await.unwrap();
        let (_, visitor) = backend.visitor(Some(entry.token.reveal())).await.unwrap();
        let backend::account::Visitor::Signed(viewer) = visitor else {
            panic!("Lisa is in")
        };
        let query = model::list::ListQuery {
            filter: model::filter::Filter {
                period: model::period::Period::All,
                ..model::filter::Filter::default()
            },
            ..model::list::ListQuery::default()
        };
        let page = backend.list(&viewer, query).await.unwrap();
        assert_eq!(
            (page.total.count, page.rows[0].person.as_deref()),
            (1, Some("Pelle Persson"))
        );
    });
}

#[test]
fn a_folder_is_imported_with_a_line_for_each_refusal() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| fs::write(folder.path().join("in").join(name), bytes).unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    for (name, extension) in [("one", "a1"), ("two", "a2")] {
        put(&format!("{name}.wav"), &alaw());
        put(
            &format!("{name}.json"),
            serde_json::to_string(&facts("c-1", extension))
                .unwrap()
                .replace("2026-11-23", "2026-11-20")
                .as_bytes(),
        );
    }
    put("bad.wav", b"RIFF");
    let first = hark(folder.path(), &["import", "in"], "");
    assert!(!first.status.success());
    assert!(
        said(&first).contains("bad.wav") && said(&first).contains("New: 2 · already there: 0 · refused: 1"),
        "{}",
        said(&first)
    );
    let second = hark(folder.path(), &["import", "in"], "");
    assert!(
        said(&second).contains("New: 0 · already there: 2 · refused: 1"),
        "{}",
        said(&second)
    );
    assert!(
        folder.path().join("in/one.wav").is_file(),
        "what was brought stays with its owner"
    );
    let pushed = hark(
        folder.path(),
        &[
            "push",
            "in/one.wav",
            "--call-id",
            "$(touch x)",
            "--direction",
            "outgoing",
            "--start",
            "2026-11-20T10:00:00",
            "--extension",
            "a1",
            "--other-name",
            "`id`; rm -rf",
        ],
        "",
    );
    assert!(pushed.status.success(), "{}", said(&pushed));
    assert!(!folder.path().join("x").exists());
}

#[test]
fn the_demo_comes_and_goes_without_a_trace() {
    let folder = tempfile::tempdir().unwrap();
    let loaded = hark(folder.path(), &["demo", "load"], "");
    assert!(
        loaded.status.success() && said(&loaded).contains("hears everything"),
        "{}",
        said(&loaded)
    );
    assert!(!hark(folder.path(), &["demo", "load"], "").status.success());
    let removed = hark(folder.path(), &["demo", "remove"], "");
    assert!(
        removed.status.success() && said(&removed).contains("36 recordings"),
        "{}",
        said(&removed)
    );
    assert_eq!(said(&hark(folder.path(), &["user", "list"], "")), "");
    let left: Vec<_> = walk(&folder.path().join("data/media"));
    assert!(left.is_empty(), "{left:?}");
    assert_eq!(
        said(&hark(folder.path(), &["setup-code"], "")).trim().len(),
        14,
        "it can be claimed again"
    );
    assert!(
        hark(folder.path(), &["demo", "load", "--if-empty"], "")
            .status
            .success()
    );
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] })
        .collect()
}

/// Whoever starts the server need not think of asking the doctor.
#[test]
fn a_starting_server_says_what_the_doctor_would() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Command::new(env!("CARGO_BIN_EXE_hark"))
        .args(["--data-dir", "data", "serve", "--listen", "127.0.0.1:0"])
        .env_remove("HARK_DATABASE_URL")
        .env_remove("RUST_LOG")
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let log = BufReader::new(server.stderr.take().unwrap());
    // The log ends where the server does; the last thing that is looked at is the mail.
    let said: Vec<String> = log
        .lines()
        .map_while(Result::ok)
        .take_while(|line| !line.contains("HARK_SMTP_URL"))
        .collect();
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(said.iter().any(|line| line.contains("hark setup-code")), "{said:?}");
    assert!(said.iter().any(|line| line.contains("HARK_PUBLIC_URL")), "{said:?}");
}

#[test]
fn the_doctor_says_what_is_wrong_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| hark(folder.path(), arguments, "Sommar-2026!");
    let new = run(&["doctor"]);
    assert!(new.status.success(), "{}", said(&new));
    assert!(
        said(&new).contains("hark setup-code") && said(&new).contains("HARK_SMTP_URL"),
        "{}",
        said(&new)
    );
    fs::write(folder.path().join("call.wav"), alaw()).unwrap();
    let push = "push call.wav --call-id c-1 --direction incoming --start 2026-11-20T10:00:00 --extension 201";
    assert!(run(&push.split(' ').collect::<Vec<_>>()).status.success());
    assert!(said(&run(&["doctor"])).contains("All 1 sounds are there."));
    let media = walk(&folder.path().join("data/media"));
    fs::write(media[0].with_file_name("stray"), b"x").unwrap();
    assert!(said(&run(&["doctor"])).contains("belong to no recording"));
    fs::remove_file(&media[0]).unwrap();
    run(&["user", "add", "eva@hark.test", "--role", "Super"]);
    let ill = run(&["doctor", "--json"]);
    assert!(!ill.status.success());
    let findings: Vec<serde_json::Value> = serde_json::from_slice(&ill.stdout).unwrap();
    let wrong: Vec<&str> = findings
        .iter()
        .filter(|finding| finding["state"] == "wrong")
        .filter_map(|finding| finding["about"].as_str())
        .collect();
    assert_eq!(
        wrong,
        ["storage", "accounts"],
        "a password that was given lets nobody in yet: {findings:?}"
    );
    let config = said(&run(&["config"]));
    assert!(config.contains("data_dir") && config.contains("flag"), "{config}");
}
