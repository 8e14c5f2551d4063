//! What waits for whom: on the call, on the home page, and by letter.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_says_that_there_is_something_to_read_and_not_what() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    house.post().await;
    let it = finish(&house, &eva, id, &[]).await;
    let mut letters = house.post().await;
    assert_eq!(letters.len(), 1, "{letters:?}");
    let shown = letters.remove(0);
    assert_eq!(
        (&*shown.to, &*shown.subject),
        ("a1@hark.test", "Ett av dina samtal är utvärderat")
    );
    let address = format!("/recordings/{id}?period=all&part=evaluate");
    assert!(shown.link().ends_with(&address), "{}", shown.link());
    let stranger = house.get(&address, None).await;
    assert!(stranger.status.is_redirection(), "one signs in to read it");
    for said in [&shown.text, &shown.html] {
        assert!(said.contains("Pelle"));
        for secret in ["100 %", "100,0", &*it.form.title, "eva@hark.test"] {
            assert!(!said.contains(secret), "{secret} in {said}");
        }
    }

    moved(&house, &pelle, &it, Move::Dispute, "Kunden var redan känd.").await;
    let mut letters = house.post().await;
    assert_eq!(letters.len(), 1, "{letters:?}");
    let disputed = letters.remove(0);
    assert_eq!(
        (&*disputed.to, &*disputed.subject),
        ("eva@hark.test", "En av dina utvärderingar är ifrågasatt")
    );
    assert!(!disputed.text.contains("känd") && !disputed.html.contains("känd"));

    moved(&house, &eva, &it, Move::Answer, "Det hördes inte.").await;
    revise(&house, &eva, id, &it, false).await;
    let letters = house.post().await;
    let told: Vec<(&str, &str)> = letters.iter().map(|it| (&*it.to, &*it.subject)).collect();
    assert_eq!(
        told,
        [
            ("a1@hark.test", "Du har fått svar om en utvärdering"),
            ("a1@hark.test", "En utvärdering av ett av dina samtal är ändrad"),
        ]
    );
    moved(&house, &pelle, &it, Move::Acknowledge, "").await;
    assert!(house.post().await.is_empty(), "nobody is asked anything");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_is_in_the_receivers_language_and_goes_to_nobody_who_may_not_read_it() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let set = house
        .call("/fn/preferences/set", Some(&pelle), FORM, "name=locale&value=en")
        .await;
    assert!(set.status.is_success() || set.status.is_redirection(), "{}", set.text());
    let karin = house.sign_in("karin@hark.test").await;
    let_restricted_evaluate(&house, true).await;
    let it = finish(&house, &karin, id, &[]).await;
    let letters = house.post().await;
    assert_eq!(letters[0].subject, "One of your calls has been evaluated");
    // The evaluator may no longer answer: who answers for the company does.
    let_restricted_evaluate(&house, false).await;
    moved(&house, &pelle, &it, Move::Dispute, "No.").await;
    let letters = house.post().await;
    let told: Vec<(&str, &str)> = letters.iter().map(|it| (&*it.to, &*it.subject)).collect();
    assert_eq!(told, [("eva@hark.test", "En ifrågasatt utvärdering väntar på svar")]);
    // Whom nobody lets in gets no letter either; nor does one who judges themselves.
    let may = Rights {
        evaluate: true,
        ..Rights::OF_OWN
    };
    house.backend().set_own_rights(OPERATOR, may).await.unwrap();
    finish(&house, &pelle, id, &[]).await;
    assert!(house.post().await.is_empty());
    let lisas = house.recording("c-2", "a2", crate::house::alaw()).await;
    finish(&house, &eva, lisas, &[]).await;
    assert!(house.post().await.is_empty(), "Lisa has no account");
    let account = house.account("a1@hark.test").await;
    house.backend().set_active(OPERATOR, account, false).await.unwrap();
    house.post().await;
    finish(&house, &eva, id, &[]).await;
    assert!(house.post().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_told_on_the_call_and_on_the_home_page() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    assert_eq!(to_read(&house, &eva).await, None, "she is nobody who is judged");
    assert_eq!(to_read(&house, &pelle).await, Some(vec![]));
    let home = async || house.get("/", Some(&pelle)).await.text();
    assert!(home().await.contains("Du har inget att läsa."));
    let it = finish(&house, &eva, id, &[]).await;
    let waiting = to_read(&house, &pelle).await.unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!((waiting[0].recording, &*waiting[0].evaluator), (id, "eva@hark.test"));
    assert!(
        home()
            .await
            .contains(&format!("/recordings/{id}?period=all&amp;part=evaluate"))
    );
    let asa = house.sign_in("a3@hark.test").await;
    assert_eq!(to_read(&house, &asa).await, Some(vec![]), "it is nobody else's");
    assert_eq!(waits(&house, &pelle, id).await, Some(Waiting::Reading));
    assert_eq!(waits(&house, &eva, id).await, None);
    assert!(page(&house, &pelle, id, "").await.contains(r#"class="waits""#));
    moved(&house, &pelle, &it, Move::Dispute, "Nej.").await;
    assert_eq!(to_read(&house, &pelle).await, Some(vec![]));
    assert_eq!(waits(&house, &pelle, id).await, None);
    assert_eq!(waits(&house, &eva, id).await, Some(Waiting::Answer));
    moved(&house, &eva, &it, Move::Answer, "Jo.").await;
    assert_eq!(
        to_read(&house, &pelle).await.unwrap().len(),
        1,
        "disputed once, it waits anew"
    );
    house
        .call("/fn/evaluation/set-showing", Some(&eva), FORM, "showing=never")
        .await;
    assert_eq!(to_read(&house, &pelle).await, Some(vec![]));
    assert_eq!(waits(&house, &pelle, id).await, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dispute_waits_on_the_home_page_of_its_evaluator_until_it_is_answered() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let home = async |cookie: &str| house.get("/", Some(cookie)).await.text();
    let karin = house.sign_in("karin@hark.test").await;
    assert_eq!(to_answer(&house, &karin).await, None, "she judges nobody");
    let_restricted_evaluate(&house, true).await;
    let it = finish(&house, &karin, id, &[]).await;
    assert_eq!(to_answer(&house, &karin).await, Some(vec![]));
    assert!(
        !home(&karin).await.contains("to-answer"),
        "where nothing waits it says nothing"
    );
    house.fixture.clock.move_by(60_000);
    moved(&house, &pelle, &it, Move::Dispute, "Nej.").await;
    let waiting = to_answer(&house, &karin).await.unwrap();
    assert_eq!(waiting.len(), 1);
    let first = &waiting[0];
    assert_eq!(
        (first.recording, &*first.who, &first.evaluator),
        (id, "Pelle Persson", &None)
    );
    assert_eq!(first.at.time, (12, 1, 0));
    let page = home(&karin).await;
    let (_, card) = page.split_once(r#"id="to-answer""#).unwrap();
    for said in [
        &*format!("/recordings/{id}?period=all&amp;part=evaluate"),
        "Pelle Persson håller inte med",
    ] {
        assert!(card.contains(said), "{said} is not in {card}");
    }
    // It is hers alone as long as she can answer.
    assert_eq!(to_answer(&house, &eva).await, Some(vec![]));
    assert_eq!(waits(&house, &eva, id).await, None);
    assert_eq!(to_answer(&house, &pelle).await, None);
    moved(&house, &karin, &it, Move::Answer, "Jo.").await;
    assert_eq!(to_answer(&house, &karin).await, Some(vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_dispute_is_told_first_however_old_the_evaluation_is() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let first = finish(&house, &eva, id, &[]).await;
    for call in 0..20 {
        house.fixture.clock.move_by(60_000);
        let other = house.recording(&format!("d-{call}"), "a1", crate::house::alaw()).await;
        let it = finish(&house, &eva, other, &[]).await;
        moved(&house, &pelle, &it, Move::Dispute, "Nej.").await;
    }
    house.fixture.clock.move_by(60_000);
    moved(&house, &pelle, &first, Move::Dispute, "Nej.").await;
    let told = to_answer(&house, &eva).await.unwrap();
    assert_eq!((told.len(), told[0].recording), (20, id));
    // The one that is left out is in the list to which the home page leads.
    let home = house.get("/", Some(&eva)).await.text();
    assert!(
        home.contains(r#"href="/recordings?period=all&amp;evaluated=waiting""#),
        "{home}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_judged_person_meets_what_was_said_of_them_and_asks_for_a_form_of_their_own() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let may = Rights {
        evaluate: true,
        ..Rights::OF_OWN
    };
    house.backend().set_own_rights(OPERATOR, may).await.unwrap();
    finish(&house, &eva, id, &[]).await;
    let met = page(&house, &pelle, id, "evaluate").await;
    let place = |what: &str| met.find(what);
    assert!(place(r#"id="sheet""#).is_none(), "no empty form stands there");
    let (judged, link) = (place(r#"class="judged""#), place("part=oneself"));
    assert!(judged.is_some() && judged < link, "{judged:?} {link:?}");
    assert!(met.contains("Utvärdera ditt eget samtal"));
    let asked = page(&house, &pelle, id, "oneself").await;
    let (judged, form) = (asked.find(r#"class="judged""#), asked.find(r#"id="sheet""#));
    assert!(judged.is_some() && judged < form, "{judged:?} {form:?}");
    // Who judges others begins with the form.
    let karin = house.sign_in("karin@hark.test").await;
    let_restricted_evaluate(&house, true).await;
    let others = page(&house, &karin, id, "evaluate").await;
    let (form, judged) = (others.find(r#"id="sheet""#), others.find(r#"class="judged""#));
    assert!(form.is_some() && form < judged, "{form:?} {judged:?}");
}

/// Takes a step in vain on a page on which nothing wakes: the page that comes back.
async fn stepped_back(
    house: &House,
    cookie: &str,
    id: RecordingId,
    it: &Evaluation,
    step: Move,
    reply: &str,
) -> String {
    let fields = form(&[("id", &it.id.to_string()), ("step", step.name()), ("reply", reply)]);
    sent_back(house, cookie, id, "move", fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_back_comes_to_the_evaluation_that_it_was_of() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let karin = house.sign_in("karin@hark.test").await;
    let_restricted_evaluate(&house, true).await;
    let evas = finish(&house, &eva, id, &[]).await;
    finish(&house, &karin, id, &[]).await;
    let both = read(&house, &pelle, id).await.finished;
    let karins = both.into_iter().find(|it| it.id != evas.id).unwrap();
    let card = |page: &str, it: &Evaluation| {
        let cards = page.split(r#"class="judged""#).skip(1);
        let mut cards = cards.filter_map(|card| Some(card.split_once("</article>")?.0));
        let own = cards.find(|card| card.contains(&format!("judged-{}", it.id)));
        own.unwrap().to_owned()
    };
    let typed = "Jag frågade\u{202e} visst";
    let back = stepped_back(&house, &pelle, id, &karins, Move::Dispute, typed).await;
    let (hers, other) = (card(&back, &karins), card(&back, &evas));
    assert!(
        hers.contains(typed) && hers.contains(r#"aria-invalid="true""#),
        "{hers}"
    );
    assert!(other.contains("<textarea"), "{other}");
    assert!(!other.contains(typed) && !other.contains("aria-invalid"), "{other}");
    // Of one to which nothing can be said any more it is said there.
    moved(&house, &pelle, &evas, Move::Acknowledge, "").await;
    let summary = r#"class="errors""#;
    for reply in ["", "Jo."] {
        let back = stepped_back(&house, &pelle, id, &evas, Move::Dispute, reply).await;
        assert_eq!(back.matches(summary).count(), 1, "{back}");
        assert!(card(&back, &evas).contains(summary), "{back}");
    }
    // Of one that is gone it is said above the others.
    moved(&house, &eva, &evas, Move::Remove, "").await;
    let back = stepped_back(&house, &pelle, id, &evas, Move::Acknowledge, "").await;
    assert_eq!(back.matches(summary).count(), 1, "{back}");
    assert!(back.find(summary) < back.find(r#"class="judged""#), "{back}");
}

#[tokio::test(flavor = "multi_thread")]
async fn words_that_are_missing_are_asked_for_at_their_field_and_nothing_typed_is_lost() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let it = finish(&house, &eva, id, &[]).await;
    let seen = page(&house, &pelle, id, "evaluate").await;
    assert!(seen.contains("poäng"), "what each section got");
    assert!(seen.contains("Kritisk"), "and what was critical");
    for (typed, kept) in [("  ", ""), ("Jag frågade\u{202e} visst", "Jag frågade\u{202e} visst")] {
        let page = stepped_back(&house, &pelle, id, &it, Move::Dispute, typed).await;
        let area = format!("reply-dispute-{}", it.id);
        let mut fields = page.split("<textarea").skip(1);
        let field = fields.find(|rest| rest.contains(&area)).unwrap();
        let (tag, rest) = field.split_once('>').unwrap();
        assert!(tag.contains(r#"aria-invalid="true""#), "{tag}");
        assert!(rest.starts_with(kept), "{rest}");
        assert!(page.contains(&format!("{area}-wrong")));
    }
}
