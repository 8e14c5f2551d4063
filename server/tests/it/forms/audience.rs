//! Whose calls a form is for.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_for_whom_it_says() {
    let bench = Bench::new().await;
    let backend = bench.house.backend();
    backend.add_demo_group(OPERATOR, "9000", "Kundtjänst").await.unwrap();
    let sales = bench.house.department("Försäljning").await;
    let set = async |fields: &[(&str, &str)]| {
        let revision = bench.read(FormId(1)).await.revision.to_string();
        let fields = [&[("id", "1"), ("revision", &*revision)], fields].concat();
        bench.say("audience", FORM, form(&fields)).await.status
    };
    let sales_word = sales.to_string();
    let some = [
        ("whose", "some"),
        ("departments[0]", &*sales_word),
        ("group[3]", "9000"),
    ];
    assert_eq!(set(&some).await, StatusCode::OK);
    let audience = bench.read(FormId(1)).await.audience;
    let wanted = Audience {
        departments: vec![sales],
        groups: vec!["9000".into()],
    };
    assert_eq!(audience, wanted);
    assert_eq!(bench.list().await[0].audience, ["Försäljning", "Kundtjänst"]);
    for odd in [
        &[("whose", "some")][..],
        &[("whose", "some"), ("departments[0]", "77")],
        &[("whose", "some"), ("group[0]", "9999")],
        &[("whose", "nobody")],
    ] {
        let status = set(odd).await;
        assert!(status.is_client_error(), "{odd:?}");
    }
    assert_eq!(bench.read(FormId(1)).await.audience, audience, "and nothing changes");
    let page = bench.page(&format!("{PAGE}/1?part=audience")).await;
    assert!(page.contains("Försäljning") && page.contains("Kundtjänst"));
    assert_eq!(
        set(&[("whose", "all"), ("departments[0]", &*sales_word)]).await,
        StatusCode::OK
    );
    assert!(bench.read(FormId(1)).await.audience.is_all());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_department_that_a_form_is_for_stays_when_nobody_is_left_in_it() {
    let bench = Bench::new().await;
    let backend = bench.house.backend();
    let finance = bench.house.department("Ekonomi").await;
    let (revision, finance_word) = (bench.read(FormId(1)).await.revision.to_string(), finance.to_string());
    let fields = [
        ("id", "1"),
        ("revision", &*revision),
        ("whose", "some"),
        ("departments[0]", &*finance_word),
    ];
    assert_eq!(bench.say("audience", FORM, form(&fields)).await.status, StatusCode::OK);
    backend.remove_demo(OPERATOR).await.unwrap();
    let there = async |name: &str| backend.department(OPERATOR, name).await.unwrap();
    assert_eq!(there("Ekonomi").await, Some(UnitId(finance.0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_say_whom_a_form_is_for_the_second_is_asked() {
    let bench = Bench::new().await;
    let sales = bench.house.department("Försäljning").await;
    let finance = bench.house.department("Ekonomi").await;
    let begun = bench.read(FormId(1)).await;
    let revision = begun.revision.to_string();
    let asked = |department: UnitId| {
        let department = department.to_string();
        form(&[
            ("id", "1"),
            ("revision", &*revision),
            ("whose", "some"),
            ("departments[0]", &*department),
        ])
    };
    let set = bench.say("audience", FORM, asked(sales)).await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.text());
    let refused = bench.say("audience", FORM, asked(finance)).await;
    assert_eq!(problem(&refused), Problem::Changed);
    let now = bench.read(FormId(1)).await;
    assert_eq!(
        (now.audience.departments, now.revision),
        (vec![sales], begun.revision + 1)
    );
    let other = Form {
        title: "Annat".into(),
        ..begun.form
    };
    let refused = bench.save(FormId(1), begun.revision, &other).await;
    assert_eq!(
        problem(&refused),
        Problem::Changed,
        "it is a change of the form as well"
    );
    // Without scripts what was chosen comes back, to be said once more.
    let answer = bench.plain("audience", FORM, asked(finance)).await;
    assert!(answer.status.is_redirection(), "{}", answer.text());
    let page = bench.page(answer.header(header::LOCATION)).await;
    let is_ticked = |department: UnitId| page.contains(&format!("value=\"{department}\" checked"));
    assert!(is_ticked(finance) && !is_ticked(sales));
    assert!(page.contains("Någon annan ändrade formuläret samtidigt"));
    assert!(page.contains(&format!("name=\"revision\" value=\"{}\"", now.revision)));
    let kept = bench.read(FormId(1)).await.audience.departments;
    assert_eq!(kept, [sales], "until it is said once more");
}
