//! Forms as files: one that leaves is one that comes.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_form_travels_as_a_file() {
    let bench = Bench::new().await;
    let file = bench.export(FormId(1)).await;
    assert_eq!(file.status, StatusCode::OK);
    let name = file.header(header::CONTENT_DISPOSITION);
    assert!(name.contains("Kundsamtal") && name.contains(".json"), "{name}");
    let id = begun(&bench.import(&file.body).await);
    assert_eq!(bench.read(id).await.form, bench.read(FormId(1)).await.form);
    assert_eq!(bench.export(id).await.body, file.body, "the same form is the same file");
    let marked = [b"\xef\xbb\xbf", &*file.body].concat();
    begun(&bench.import(&marked).await);
    // An older version is there, too.
    bench.change(FormId(1), |form| form.sections.truncate(1)).await;
    let old = bench
        .house
        .get("/evaluation-forms/1.json?version=1", Some(&bench.eva))
        .await;
    assert_eq!(old.body, file.body);
    for path in [
        "/evaluation-forms/1.json?version=9",
        "/evaluation-forms/99.json",
        "/evaluation-forms/1.csv",
        "/evaluation-forms/x",
    ] {
        let answer = bench.house.get(path, Some(&bench.eva)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_file_that_is_no_form_is_refused_by_what_is_wrong_with_it() {
    let bench = Bench::new().await;
    let good: serde_json::Value = serde_json::from_str(STARTER_SV).unwrap();
    let with = |place: &str, value: serde_json::Value| {
        let mut file = good.clone();
        *file.pointer_mut(place).unwrap() = value;
        file.to_string().into_bytes()
    };
    let mut odd = good.clone();
    odd["form"]["colour"] = json!("red");
    let large = vec![b' '; Envelope::MOST_BYTES + 1];
    let table: [(&str, Vec<u8>, &str); 6] = [
        ("OtherFormat", b"{}".to_vec(), "inget formulär"),
        ("OtherVersion", with("/version", json!(9)), "version 9"),
        ("UnknownField", odd.to_string().into_bytes(), "colour"),
        ("Unreadable", b"{\"format\": ".to_vec(), "skadad"),
        ("Faults", with("/form/sections/0/weight", json!(200)), "Vikt"),
        ("TooLarge", large, "4 MB"),
    ];
    for (name, file, words) in table {
        let refused = bench.import(&file).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        match problem(&refused) {
            Problem::Form(fault) => assert!(format!("{fault:?}").starts_with(name), "{name}: {fault:?}"),
            other => panic!("{name}: {other:?}"),
        }
        // And who has no scripts is led back to the page, which says it.
        let sent = bench.plain("import", MULTIPART, multipart("form.json", &file)).await;
        assert!(sent.status.is_redirection(), "{name}");
        let back = sent.header(header::LOCATION).replace(crate::house::URL, "");
        let page = bench.page(&back.replacen("/1?", "/import?", 1)).await;
        assert!(page.contains(words), "{name}: {back}");
    }
    // Nor does a sign that no text has come in, as it stands or written in JSON, wherever it is.
    let mut nul = good.clone();
    nul["form"]["a\0b"] = json!("red");
    let raw = STARTER_SV.replacen("Kundsamtal", "Kund\0samtal", 1).into_bytes();
    for file in [raw, nul.to_string().into_bytes(), with("/form/title", json!("a\0b"))] {
        let refused = problem(&bench.import(&file).await);
        assert_eq!(refused, Problem::invalid(Field::Table, Invalid::Characters));
        let sent = bench.plain("import", MULTIPART, multipart("form.json", &file)).await;
        let back = sent.header(header::LOCATION).replace(crate::house::URL, "");
        let page = bench.page(&back.replacen("/1?", "/import?", 1)).await;
        assert!(page.contains("tecken som inte kan användas"), "{back}");
    }
    let none = bench.say("import", MULTIPART, parts(&[("other", "x")])).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(bench.import(b"").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let no_form = bench.say("import", FORM, "table=x").await;
    assert_eq!(no_form.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(bench.list().await.len(), 1);
}
