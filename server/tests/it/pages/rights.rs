//! What roles may do.

use crate::house::{FORM, House, form};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_roles_may_do_has_a_page_of_its_own() {
    let house = House::with_people().await;
    let eva = house.sign_in("eva@hark.test").await;
    for (name, set) in [("restricted", "set-restricted"), ("own", "set-own")] {
        let path = format!("/fn/configuration/{set}");
        let answer = house.call(&path, Some(&eva), FORM, form(&[("comment", "on")])).await;
        let address: String = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(address, format!("/configuration/rights?saved={name}"));
        let page = house.get(&address, Some(&eva)).await.text();
        assert!(
            page.contains(&format!("<section id=\"{name}\"")) && page.contains("Sparat"),
            "{page}"
        );
    }
    // They stood beside the passwords before, and are found from there and where roles are given.
    for path in [
        "/configuration/sign-in",
        "/configuration/roles",
        "/configuration/roles/new",
    ] {
        let page = house.get(path, Some(&eva)).await.text();
        let main = page.split("<main").nth(1).unwrap();
        assert!(main.contains("href=\"/configuration/rights\""), "{path}");
        assert!(!main.contains("<section id=\"restricted\""), "{path}");
    }
}
