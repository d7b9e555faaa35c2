//! Queries and what they say of a few findings.

use std::path::PathBuf;

use source::Memory;

use super::*;
use crate::options::{NoProgress, Options};

const MANIFESTS: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: prod-eu }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: web, securityContext: { privileged: true } }]
---
apiVersion: v1
kind: Pod
metadata:
  name: debug
  namespace: dev
  annotations: { scantling.dev/ignore: privileged-container because it is one }
spec:
  containers: [{ name: debug, image: debug, securityContext: { privileged: true } }]
";

fn report() -> Report {
    let system = Memory::new([("/w/deploy/app.yaml", MANIFESTS)]);
    let options = Options {
        paths: vec![PathBuf::from("deploy")],
        directory: PathBuf::from("/w"),
        select: vec!["privileged-container".into()],
        ..Options::default()
    };
    crate::scan(&system, &options, &NoProgress).expect("the call is right")
}

/// The findings that match, as kinds, with `~` before those that are suppressed.
fn matching(report: &Report, query: &str) -> String {
    let query = Query::parse(query).expect("a query");
    at_once(report, &query);
    let findings = report.findings.iter();
    let findings = findings.filter(|one| query.matches(&Candidate::of(one)));
    let findings = findings.map(|one| format!("{} {}", one.resource.kind, one.check.id));
    let hidden = report.suppressed.iter().map(|(one, _)| one);
    let hidden = hidden.filter(|one| query.matches(&Candidate::of_suppressed(one)));
    let hidden = hidden.map(|one| format!("~{} {}", one.resource.kind, one.check.id));
    findings.chain(hidden).collect::<Vec<String>>().join("; ")
}

/// What is said of all at once is what is said of each.
#[track_caller]
fn at_once(report: &Report, query: &Query) {
    let findings = report.findings.iter().map(|one| Candidate::of(one));
    let hidden = report.suppressed.iter();
    let hidden = hidden.map(|(one, _)| Candidate::of_suppressed(one));
    let all: Vec<Candidate<'_>> = findings.chain(hidden).collect();
    let texts = Texts::of(all.iter().cloned());
    let wanted = query.wanted(&texts, |index| all.get(index).cloned());
    let each: Vec<bool> = all.iter().map(|one| query.matches(one)).collect();
    assert_eq!(wanted, each, "{query:?}");
}

#[test]
fn words_are_found_in_the_text_of_the_one_that_has_them() {
    let manifests = MANIFESTS.replace("name: web", "name: straße-İX");
    let system = Memory::new([("/w/deploy/app.yaml", manifests + "---\n" + MANIFESTS)]);
    let options = Options {
        paths: vec![PathBuf::from("deploy")],
        directory: PathBuf::from("/w"),
        ..Options::default()
    };
    let report = crate::scan(&system, &options, &NoProgress).expect("the call is right");
    assert!(report.findings.len() > 8);
    for query in [
        "STRASSE",
        "Straße",
        "i̇x",
        "!e",
        "web",
        "a",
        "yaml",
        "app.yaml a",
        "limit !web",
        "\"a\nb\"",
        "kind:Pod d",
        "zzz",
    ] {
        at_once(&report, &Query::parse(query).expect(query));
    }
}

#[test]
fn words_narrow() {
    let report = report();
    let web = "Deployment privileged-container";
    let debug = "~Pod privileged-container";
    let both = format!("{web}; {debug}");
    let cases = [
        ("", both.as_str()),
        ("severity>=high", &both),
        ("sev<critical", ""),
        ("severity:CRITICAL", &both),
        ("kind:deployment", web),
        ("kind:Deployment,Pod", &both),
        ("kind:?od", debug),
        ("!kind:Pod", web),
        ("ns:prod-*", web),
        ("namespace=dev", debug),
        ("name:web", web),
        ("name:Pod/*", debug),
        ("check:privileged-*", &both),
        ("check:kubernetes/*", &both),
        ("check:KSV-0017", &both),
        ("env:prod", &both),
        ("path:deploy", &both),
        ("path:./deploy/app.yaml", &both),
        ("path:dep", ""),
        ("format:kubernetes", &both),
        ("suppressed", debug),
        ("!suppressed", web),
        ("fixable", &both),
        ("live", ""),
        ("declared !suppressed", web),
        ("DEPLOY", &both),
        ("\"powers of root\" web", web),
        ("nothing-like-this", ""),
    ];
    for (query, expected) in cases {
        assert_eq!(matching(&report, query), expected, "{query}");
    }
}

#[test]
fn a_report_is_narrowed_to_what_is_wanted() {
    let mut report = report();
    let query = Query::parse("kind:Pod").expect("a query");
    assert_eq!(query.narrow(&mut report), 1);
    assert_eq!((report.findings.len(), report.suppressed.len()), (0, 1));
}

#[test]
fn errors_point_at_what_is_not_understood() {
    let cases = [
        (
            "kind:Pod nams:a",
            "there is no field `nams`",
            9..13,
            Some("did you mean `name`?"),
        ),
        (
            "severity>=hihg",
            "there is no severity `hihg`",
            10..14,
            Some("did you mean `high`?"),
        ),
        (
            "kind>Pod",
            "`kind` has no order, so `>` says nothing of it",
            4..5,
            Some("write `kind:Pod`"),
        ),
        ("a kind:", "no value stands behind `:`", 6..7, None),
        ("kind:a,,b", "a value between commas is empty", 4..9, None),
        (
            "é \"open",
            "this quote does not end",
            2..3,
            Some("write a second `\"`"),
        ),
        ("a !", "nothing stands behind `!`", 2..3, None),
        ("\"\"", "a text without letters is everywhere", 2..3, None),
    ];
    for (query, message, columns, help) in cases {
        let error = Query::parse(query).expect_err(query);
        let told = (
            error.message.as_str(),
            error.columns(),
            error.help.as_deref(),
        );
        assert_eq!(told, (message, columns, help), "{query}");
    }
    let error = Query::parse("é kind>a").expect_err("no order");
    let expected = "the filter is not understood: `kind` has no order, so `>` says nothing of it\n  é kind>a\n        ^";
    assert_eq!(error.to_string(), expected);
}

#[test]
fn words_are_completed() {
    let vocabulary = Vocabulary::of(&report());
    let cases = [
        ("ki", "kind:"),
        ("!sup", "suppressed"),
        ("n", "ns: namespace: name:"),
        ("kind:", "Deployment Pod"),
        ("kind:Pod,d", "Deployment"),
        ("severity>=h", "high"),
        ("ns:p", "prod-eu"),
        ("path:", "deploy"),
        ("check:priv", "privileged-container"),
        ("nothing", ""),
    ];
    for (query, expected) in cases {
        let offered = completions(query, query.len(), &vocabulary);
        let offered: Vec<&str> = offered.iter().map(|one| one.text.as_str()).collect();
        assert_eq!(offered.join(" "), expected, "{query}");
    }
}

#[test]
fn a_completion_replaces_the_word_around_the_cursor() {
    let offered = completions("a kind:Po b", 9, &Vocabulary::of(&report()));
    assert_eq!(
        (offered[0].text.as_str(), offered[0].at.clone()),
        ("Pod", 7..9)
    );
}

#[test]
fn any_text_is_read_without_harm() {
    let signs = [
        "!", ":", "\"", ",", ">=", " ", "é", "kind", "*", "severity", "\u{0}",
    ];
    for one in signs {
        for two in signs {
            for three in signs {
                let text = format!("{one}{two}{three}");
                if let Err(error) = Query::parse(&text) {
                    assert!(
                        text.get(error.at.clone()).is_some(),
                        "{text} {:?}",
                        error.at
                    );
                }
                for cursor in 0..=text.len() {
                    for offered in completions(&text, cursor, &Vocabulary::default()) {
                        assert!(text.get(offered.at.clone()).is_some(), "{text}");
                    }
                }
            }
        }
    }
}
