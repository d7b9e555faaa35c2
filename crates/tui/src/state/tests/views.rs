//! What is shown, and where keys lead.

use super::*;

#[test]
fn the_worst_finding_stands_first_with_its_text_beside() {
    let driver = shop();
    assert!(
        driver.here().contains("privileged-container"),
        "{}",
        driver.here()
    );
    let screen = driver.screen();
    assert!(
        screen.contains("14 │           privileged: true"),
        "{screen}"
    );
    assert!(screen.contains("What to do"), "{screen}");
}

#[test]
fn before_the_scan_is_done_something_is_shown() {
    let mut driver = Driver::waiting(&[("shop.yaml", SHOP)], (80, 24));
    assert!(driver.screen().contains("reading"));
    driver.send(Message::Stage("judging", 5, 10));
    assert!(driver.screen().contains("judging 50%"));
    driver.keys("enter w f / ? esc 1 2 3 4 5 6 q");
    assert_eq!(driver.effects, [Effect::Quit]);
}

/// Privileged Pods, so many that findings are told before all are judged.
fn pods(number: usize) -> String {
    let pod = |number: usize| {
        format!(
            "---\napiVersion: v1\nkind: Pod\nmetadata: {{ name: p{number}, namespace: a }}\nspec: {{ containers: [{{ name: a, image: a, securityContext: {{ privileged: true }} }}] }}\n"
        )
    };
    (0..number).map(pod).collect()
}

#[test]
fn findings_are_shown_while_the_scan_runs_and_the_cursor_stays() {
    let pods = pods(700);
    let mut driver = Driver::waiting(&[("pods.yaml", pods.as_str())], (140, 40));
    let told = driver.tells_of_a_scan();
    let is_early =
        |message: &Message| matches!(message, Message::Pictured(picture) if picture.is_early());
    let mut early = 0;
    let mut kept = String::new();
    for message in told {
        let is_first = is_early(&message) && early == 0;
        early += usize::from(is_early(&message));
        driver.send(message);
        if is_first {
            assert!(driver.screen().contains("so far"), "{}", driver.screen());
            assert!(
                !driver.screen().contains("kind: Pod"),
                "{}",
                driver.screen()
            );
            driver.keys("f");
            assert_eq!(driver.told(), "fix: the scan is not done yet");
            driver.keys("1");
            assert!(driver.screen().contains("when the scan is done"));
            driver.keys("2 j j j j j");
            kept = driver
                .state
                .finding()
                .expect("one")
                .1
                .finding
                .fingerprint
                .clone();
        }
    }
    assert!(early > 0);
    driver.pass(7_000);
    let here = driver
        .state
        .finding()
        .expect("one")
        .1
        .finding
        .fingerprint
        .clone();
    assert_eq!(here, kept);
    assert!(!driver.screen().contains("so far"));
    assert!(driver.screen().contains("kind: Pod"), "{}", driver.screen());
    assert_eq!(driver.told(), "");
}

#[test]
fn the_first_findings_stay_in_sight_while_nothing_is_pressed() {
    let pods = pods(700);
    let mut driver = Driver::waiting(&[("pods.yaml", pods.as_str())], (140, 40));
    driver.scan();
    assert_eq!(driver.state.page.list, List::default());
}

#[test]
fn a_finding_leads_to_its_cause_and_on_to_what_it_is_linked_with() {
    let mut driver = shop();
    driver.keys("enter");
    let screen = driver.screen();
    assert!(screen.contains("this is what a person changes"), "{screen}");
    assert!(screen.contains("shop.yaml:14:23"), "{screen}");
    driver.to("runs as").keys("enter");
    assert_eq!(
        driver.state.trail(),
        ["Findings", "Why", "ServiceAccount/shop/web"]
    );
    driver.to("runs as").keys("enter");
    let trail = driver.state.trail();
    assert_eq!(
        trail.last().map(String::as_str),
        Some("Deployment/shop/web")
    );
    driver.keys("[ [");
    assert_eq!(driver.state.trail(), ["Findings", "Why"]);
    driver.keys("]");
    assert_eq!(driver.state.trail().len(), 3);
    driver.keys("esc esc");
    assert_eq!(driver.state.trail(), ["Findings"]);
}

#[test]
fn a_filter_narrows_while_it_is_typed() {
    let mut driver = shop();
    let all = driver.state.page.rows.len();
    driver.keys("/").text("sev>=crit");
    assert!(
        driver.screen().contains("there is no severity `crit`"),
        "{}",
        driver.screen()
    );
    driver.keys("tab");
    assert!(
        driver.screen().contains("/sev>=critical"),
        "{}",
        driver.screen()
    );
    let critical = driver.state.page.rows.len();
    assert!(0 < critical && critical < all, "{critical} of {all}");
    driver.keys("enter");
    assert_eq!(driver.state.page.filter, "sev>=critical");
    driver.keys("esc");
    assert_eq!(driver.state.page.rows.len(), all);
    driver.keys("/").text("kind:Role").keys("esc");
    assert_eq!(driver.state.page.rows.len(), all);
}

#[test]
fn the_cursor_stays_on_its_finding_when_others_come() {
    let mut driver = shop();
    driver.keys("j j j");
    let here = driver.here();
    let more = SHOP
        .replace("name: web", "name: also")
        .replace("reader", "also-reader");
    driver.system.set(Path::new("/w/a.yaml"), more.as_bytes());
    driver.scan();
    assert_eq!(driver.here(), here);
    assert!(driver.told().starts_with("findings: "), "{}", driver.told());
    assert!(driver.told().ends_with(" new"), "{}", driver.told());
    assert!(driver.screen().contains(" + "), "{}", driver.screen());
    driver.pass(60_000);
    assert!(driver.state.new.0.is_empty() && driver.state.wakes().is_none());
}

#[test]
fn what_can_not_be_done_says_why() {
    let mut driver = shop();
    driver.keys("u");
    assert_eq!(driver.told(), "undo: nothing was written");
    driver.keys("[");
    assert_eq!(driver.told(), "history-back: there is no page before");
    driver.keys("1 g f");
    assert_eq!(driver.told(), "fix: the cursor is on no finding");
    driver.keys("F");
    assert_eq!(driver.told(), "F does nothing here; ? lists what does");
}

#[test]
fn the_palette_finds_and_runs() {
    let mut driver = shop();
    driver.keys("?");
    let screen = driver.screen();
    assert!(screen.contains("there is no page before"), "{screen}");
    driver.text("granted").keys("enter");
    assert_eq!(driver.state.page.view, View::Privileges);
    driver.keys("?").text("no such thing").keys("enter");
    assert_eq!(driver.state.page.view, View::Privileges);
}

#[test]
fn commands_are_completed_and_run() {
    let mut driver = shop();
    driver.keys(":").text("cov").keys("tab enter");
    assert_eq!(driver.state.page.view, View::Coverage);
    driver.keys(":").text("deployments shop").keys("enter");
    assert_eq!(driver.state.page.filter, "kind:Deployment ns:shop");
    assert!(driver.screen().contains("web"), "{}", driver.screen());
    driver
        .keys(":")
        .text("check privileged-container")
        .keys("enter");
    assert!(
        driver.screen().contains("Why it is bad"),
        "{}",
        driver.screen()
    );
    driver.keys(":").text("coverag").keys("enter");
    assert_eq!(
        driver.told(),
        "there is no command `coverag`; did you mean `coverage`?"
    );
    driver.keys(":").text("q").keys("enter");
    assert_eq!(driver.effects, [Effect::Quit]);
}

#[test]
fn the_tree_folds_and_leads_to_resources() {
    let mut driver = shop();
    driver.keys("3").to("ServiceAccount").keys("j enter");
    assert!(driver.screen().contains("Used by"), "{}", driver.screen());
    driver.keys("esc").to("shop  5").keys("enter");
    assert_eq!(driver.state.page.rows.len(), 2);
    driver.keys("enter h h");
    assert_eq!(driver.state.page.list.cursor, 0);
}

#[test]
fn privileges_are_told_as_they_are_written() {
    let mut driver = shop();
    driver.keys("4");
    let screen = driver.screen();
    assert!(screen.contains("Group staff  1 binding"), "{screen}");
    assert!(screen.contains("Role/reader in shop"), "{screen}");
    driver.to("ServiceAccount shop/web").keys("enter");
    let screen = driver.screen();
    assert!(
        screen.contains("get, list on configmaps, secrets"),
        "{screen}"
    );
    driver.to("is ServiceAccount/shop/web").keys("enter");
    assert!(driver.screen().contains("Used by"), "{}", driver.screen());
}

#[test]
fn posture_shows_the_formula_and_leads_to_findings() {
    let mut driver = shop();
    driver.keys("1");
    let screen = driver.screen();
    assert!(screen.contains("/ 5 resources"), "{screen}");
    driver.to("C critical").keys("enter");
    assert_eq!(driver.state.page.filter, "severity:critical");
    assert!(driver.here().contains("privileged-container"));
}

#[test]
fn what_is_copied_is_text_json_or_a_command() {
    let mut driver = shop();
    driver.to("privileged-container").keys("y Y ctrl-y");
    let copied: Vec<&str> = driver
        .effects
        .iter()
        .map(|effect| match effect {
            Effect::Copy(text) => text.as_str(),
            _ => "",
        })
        .collect();
    assert!(
        copied[0].starts_with("critical[privileged-container]: "),
        "{}",
        copied[0]
    );
    assert!(
        copied[1].contains("\"check\": \"privileged-container\""),
        "{}",
        copied[1]
    );
    assert_eq!(copied[2], "kubectl get deployment web -n shop -o yaml");
}

#[test]
fn an_editor_opens_at_the_line() {
    let mut driver = shop();
    driver.to("privileged-container").keys("e");
    let expected = Effect::Edit {
        path: "shop.yaml".into(),
        line: 14,
        column: 23,
    };
    assert_eq!(driver.effects, [expected]);
}

#[test]
fn names_from_input_do_no_harm() {
    let hostile = "apiVersion: v1\nkind: Pod\nmetadata: { name: \"a\\e[31mb\\u202e\", namespace: \"日本\" }\nspec: { containers: [{ name: \"\\t\\a\", image: a, securityContext: { privileged: true } }] }\n";
    let mut driver = Driver::new(&[("a.yaml", hostile)], (100, 30));
    for keys in ["", "enter", "d", "1", "3", "4", "5", "6", "?"] {
        driver.keys(keys);
        let screen = driver.screen();
        let is_harmful =
            |letter: char| letter != '\n' && (letter.is_control() || letter == '\u{202e}');
        assert!(!screen.contains(is_harmful), "{screen}");
    }
}

#[test]
fn keys_are_what_the_user_wants() {
    let mut driver = shop();
    let keys = BTreeMap::from([("findings".to_owned(), vec!["F".to_owned()])]);
    driver.state.settings.bindings = Bindings::new(&keys).expect("they are right");
    driver.keys("1 F");
    assert_eq!(driver.state.page.view, View::Findings);
    driver.keys("1 ?").text("show the findings");
    assert!(driver.screen().contains(" F "), "{}", driver.screen());
}

#[test]
fn the_mouse_chooses_and_opens() {
    let mut driver = shop();
    driver.keys("M");
    assert_eq!(driver.effects, [Effect::Mouse(true)]);
    let list = driver.state.areas().list;
    driver.send(Message::Clicked(3, list.y + 1));
    assert_eq!(driver.state.page.list.cursor, 1);
    driver.send(Message::Scrolled(-1));
    assert_eq!(driver.state.page.list.cursor, 0);
    driver.send(Message::Clicked(3, list.y));
    assert!(matches!(driver.state.page.view, View::Why(_)));
}

#[test]
fn why_nothing_could_be_read_is_told_wholly() {
    let mut driver = Driver::waiting(&[], (80, 24));
    let why = "the cluster can't be read: the file of the configuration names a context that it does not have";
    driver.send(Message::Failed(why.to_owned()));
    let screen = driver.screen();
    let told: Vec<&str> = screen.split_whitespace().collect();
    assert!(told.join(" ").contains(why), "{screen}");
}

#[test]
fn a_lost_cluster_is_told() {
    let mut driver = shop();
    driver.send(Message::Context(Context {
        name: "kind-shop".to_owned(),
        version: "v1.34.0".to_owned(),
        is_live: true,
    }));
    assert!(
        driver
            .screen()
            .starts_with(" scantling  kind-shop v1.34.0 read-only"),
        "{}",
        driver.screen()
    );
    driver.send(Message::Trouble(Some("connection refused".to_owned())));
    driver.pass(60_000);
    let screen = driver.screen();
    assert!(
        screen.contains("lost since") && screen.contains("connection refused"),
        "{screen}"
    );
    driver.send(Message::Trouble(None));
    assert!(driver.screen().contains(" live "));
}
