//! Comments.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_is_said_changed_and_removed_and_each_is_told() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let number = id.to_string();
    let add = |at, text| [("id", &*number), ("at", at), ("comment", text)];
    assert_eq!(
        say(&house, &eva, "add-comment", &add("0:01", "Bra fråga")).await.status,
        StatusCode::OK
    );
    assert_eq!(
        say(&house, &pelle, "add-comment", &add("", "Om hela")).await.status,
        StatusCode::OK
    );
    for (at, text) in [("snart", "x"), ("", " "), ("", "\u{202e}x")] {
        let answer = say(&house, &pelle, "add-comment", &add(at, text)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{at} {text:?}");
    }
    // Beyond the end of the sound there is nothing to say anything of.
    let beyond = say(&house, &pelle, "add-comment", &add("0:02", "x")).await;
    let problem: Problem = serde_json::from_slice(&beyond.body).unwrap();
    assert_eq!(problem, Problem::invalid(Field::Moment, Invalid::Beyond { ms: 1_000 }));
    let comments = read(&house, &pelle, id).await.comments;
    let shown: Vec<_> = comments
        .iter()
        .map(|said| (said.at_ms, &*said.text, said.own, said.removable))
        .collect();
    assert_eq!(
        shown,
        [(None, "Om hela", true, true), (Some(1_000), "Bra fråga", false, false)]
    );
    // Only its author changes it; who answers for the company may take it away.
    let (own, evas) = (comments[0].id.to_string(), comments[1].id.to_string());
    let change = [("id", &*evas), ("at", ""), ("comment", "Pelles")];
    assert_eq!(
        say(&house, &pelle, "change-comment", &change).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        say(&house, &pelle, "remove-comment", &[("id", &*evas)]).await.status,
        StatusCode::NOT_FOUND
    );
    let change = [("id", &*own), ("at", "0:00"), ("comment", "Om början")];
    assert_eq!(
        say(&house, &pelle, "change-comment", &change).await.status,
        StatusCode::OK
    );
    assert!(read(&house, &eva, id).await.comments[0].changed.is_some());
    assert_eq!(
        say(&house, &eva, "remove-comment", &[("id", &*own)]).await.status,
        StatusCode::OK
    );
    let left: Vec<CommentId> = read(&house, &pelle, id)
        .await
        .comments
        .iter()
        .map(|said| said.id)
        .collect();
    assert_eq!(left, [comments[1].id]);
    let told = history(&house, &pelle, id).await;
    let kinds: Vec<_> = told
        .iter()
        .map(|entry| match &entry.what {
            What::Commented { text, .. } => format!("+{text}"),
            What::CommentChanged { from, to, .. } => format!("{from}>{to}"),
            What::CommentRemoved { text, .. } => format!("-{text}"),
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(kinds, ["-Om början", "Om hela>Om början", "+Om hela", "+Bra fråga"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_comment_is_its_authors_alone() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let number = id.to_string();
    let fields = [("id", &*number), ("at", ""), ("comment", "Hemligt"), ("private", "on")];
    assert_eq!(say(&house, &pelle, "add-comment", &fields).await.status, StatusCode::OK);
    let own = read(&house, &pelle, id).await.comments;
    assert_eq!((own.len(), history(&house, &pelle, id).await.len()), (1, 1));
    assert_eq!(read(&house, &eva, id).await.comments, []);
    assert_eq!(history(&house, &eva, id).await, []);
    let answer = say(&house, &eva, "remove-comment", &[("id", &own[0].id.to_string())]).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_that_is_none_is_blamed_on_the_time() {
    let Calls { house, id, pelle, .. } = Calls::new().await;
    let number = id.to_string();
    for at in ["0:99", "sen", "-1"] {
        let told = say(
            &house,
            &pelle,
            "add-comment",
            &[("id", &number), ("at", at), ("comment", "Bra")],
        )
        .await;
        assert_eq!(told.status, StatusCode::UNPROCESSABLE_ENTITY, "{at}");
        let problem: Problem = serde_json::from_slice(&told.body).unwrap();
        assert_eq!(problem, Problem::invalid(Field::Moment, Invalid::Form), "{at}");
    }
}
