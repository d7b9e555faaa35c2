//! What is written where.

use expect_test::expect;
use serde_json::Value;

use crate::support::{CLEAN, Folder, POD};

#[test]
fn people_get_a_frame_with_a_remedy_a_fix_and_a_summary() {
    let folder = Folder::new("output-human", &[("deploy/pod.yaml", POD)]);
    let told = folder.scan(&[]);
    expect![[r#"
        medium[hostname-set]: the pod calls itself web
         --> deploy/pod.yaml:5:13
          |
        5 |   hostname: web # a name of its own
          |             ^^^
          |
          = note: in Pod/web at spec.hostname
          = help: Remove it.
        help: Remove `hostname`
          |
        5 -   hostname: web # a name of its own
          |

        1 finding: 1 medium; 1 fixable (--diff shows the changes, --fix writes them)
        Scanned 1 resource in 1 file with 1 check against Kubernetes 1.37
        `scantling explain CHECK` tells more about a check
    "#]]
    .assert_eq(&told.stdout);
    assert_eq!(told.stderr, "");
}

#[test]
fn one_run_writes_every_format() {
    let folder = Folder::new("output-formats", &[("deploy/pod.yaml", POD)]);
    let told = folder.scan(&[
        "-o",
        "json=a.json",
        "-o",
        "sarif=a.sarif",
        "-o",
        "junit=a.xml",
        "-o",
        "human=a.txt",
        "-o",
        "github",
    ]);
    assert_eq!(
        told.stdout,
        "::warning file=deploy/pod.yaml,line=5,endLine=5,col=13,endColumn=16,title=medium[hostname-set]::\
         the pod calls itself web%0APod/web: spec.hostname%0ARemove it.\n"
    );
    let json: Value = serde_json::from_str(&folder.read("a.json")).unwrap();
    let sarif: Value = serde_json::from_str(&folder.read("a.sarif")).unwrap();
    assert_eq!(json["findings"][0]["message"], "the pod calls itself web");
    assert_eq!(
        sarif["runs"][0]["results"][0]["message"]["text"],
        "the pod calls itself web"
    );
    assert!(
        folder
            .read("a.xml")
            .contains("message=\"the pod calls itself web\"")
    );
    assert!(
        folder
            .read("a.txt")
            .starts_with("medium[hostname-set]: the pod calls itself web\n")
    );
}

#[test]
fn the_run_is_told_on_the_standard_error_where_the_output_is_for_machines() {
    let folder = Folder::new("output-summary", &[("deploy/pod.yaml", POD)]);
    let told = folder.scan(&["-o", "json"]);
    assert!(
        told.stderr.starts_with("1 finding: 1 medium; 1 fixable"),
        "{told:?}"
    );
    assert!(
        told.stderr
            .contains("\nScanned 1 resource in 1 file with 1 check against Kubernetes "),
        "{told:?}"
    );
    assert_eq!(folder.scan(&["-o", "json", "-q"]).stderr, "");
}

#[test]
fn quiet_leaves_the_findings_and_quieter_nothing() {
    let folder = Folder::new("output-quiet", &[("deploy/pod.yaml", POD)]);
    let quiet = folder.scan(&["-q"]);
    assert!(
        quiet.stdout.contains("medium[hostname-set]") && !quiet.stdout.contains("Scanned"),
        "{quiet:?}"
    );
    let quieter = folder.scan(&["-qq"]);
    assert_eq!((quieter.stdout.as_str(), quieter.stderr.as_str()), ("", ""));
}

#[test]
fn verbose_lists_each_input() {
    let folder = Folder::new(
        "output-verbose",
        &[("deploy/pod.yaml", POD), ("deploy/values.yaml", "a: 1\n")],
    );
    let told = folder.scan(&["-v"]);
    assert!(
        told.stdout
            .contains("scanned deploy/pod.yaml: 1 resource\n"),
        "{told:?}"
    );
    assert!(
        told.stdout.contains("skipped deploy/values.yaml: "),
        "{told:?}"
    );
}

#[test]
fn the_standard_input_is_scanned() {
    let folder = Folder::new("output-stdin", &[]);
    let arguments = ["scan", "-", "--checks", "my-checks", "--select", "OTHER_7"];
    let told = folder.run_with_input(&arguments, POD);
    assert_eq!(told.code, Some(1), "{told:?}");
    assert!(told.stdout.contains("--> <stdin>:5:13\n"), "{told:?}");
    assert_eq!(folder.run_with_input(&arguments, CLEAN).code, Some(0));
}

#[test]
fn color_is_for_terminals_unless_it_is_asked_for() {
    let folder = Folder::new("output-color", &[("deploy/pod.yaml", POD)]);
    let colored = folder.scan(&["--color", "always"]).stdout;
    let plain = folder.scan(&[]).stdout;
    assert!(colored.contains("\u{1b}[") && !plain.contains('\u{1b}'));
    assert!(
        !colored.contains("\u{1b}]8"),
        "links are for terminals only"
    );
    assert_eq!(anstream::adapter::strip_str(&colored).to_string(), plain);
}

#[test]
fn names_from_input_drive_no_terminal() {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: { name: \"w\\e]0;owned\\a\\u202eb\" }\nspec:\n  \
               hostname: \"x\\e[2J\" # \u{202e}\n  containers: []\n";
    let folder = Folder::new("output-escapes", &[("deploy/a\u{1b}[31m.yaml", pod)]);
    for format in ["human", "json", "sarif", "github", "junit"] {
        let told = folder.scan(&["-v", "-o", format]);
        assert_eq!(told.code, Some(1), "{told:?}");
        let harmful = |text: &str| {
            text.chars().any(|character| {
                character.is_control() && character != '\n' || character == '\u{202e}'
            })
        };
        assert!(!harmful(&told.stdout) && !harmful(&told.stderr), "{told:?}");
    }
}

#[test]
fn no_output_shows_a_secret() {
    let secret = "apiVersion: v1\nkind: Secret\nmetadata: { name: key }\nstringData:\n  token: zq81x-zq81x\n---\n\
                  apiVersion: v1\nkind: ConfigMap\nmetadata: { name: config }\ndata:\n  \
                  PAYMENT_API_KEY: zq81x-5b0d7c2e91f84ab6\n";
    let folder = Folder::new("output-secrets", &[("deploy/secret.yaml", secret)]);
    for format in ["human", "json", "sarif", "github", "junit"] {
        let told = folder.run(&["scan", "-v", "--fail-on", "info", "-o", format]);
        assert!(told.stdout.contains("secret-in-manifest"), "{told:?}");
        assert!(told.stdout.contains("credential-in-config-map"), "{told:?}");
        assert!(
            !told.stdout.contains("zq81x") && !told.stderr.contains("zq81x"),
            "{told:?}"
        );
    }
}

#[test]
fn output_is_the_same_every_time() {
    let folder = Folder::new(
        "output-stable",
        &[
            ("deploy/a.yaml", POD),
            ("deploy/b.yaml", POD),
            ("deploy/c.yaml", CLEAN),
        ],
    );
    for format in ["human", "json", "sarif", "github", "junit"] {
        assert_eq!(
            folder.scan(&["-o", format]).stdout,
            folder.scan(&["-o", format]).stdout
        );
    }
}

#[test]
fn all_verdicts_are_in_the_json_where_that_is_asked_for() {
    let folder = Folder::new("output-verdicts", &[("deploy/pod.yaml", CLEAN)]);
    let json = |arguments: &[&str]| -> Value {
        serde_json::from_str(&folder.scan(arguments).stdout).unwrap()
    };
    assert_eq!(json(&["-o", "json"]).get("verdicts"), None);
    let all = json(&["-o", "json", "--verdicts", "all"]);
    assert_eq!(all["verdicts"][0]["check"], "hostname-set");
    assert_eq!(all["verdicts"][0]["verdict"], "pass");
}

#[test]
fn the_json_fits_the_schema_that_the_program_prints() {
    let folder = Folder::new(
        "output-schema",
        &[("deploy/pod.yaml", POD), ("deploy/half.yaml", "a: [")],
    );
    let schema: Value = serde_json::from_str(&folder.run(&["schema"]).stdout).unwrap();
    let json: Value =
        serde_json::from_str(&folder.scan(&["-o", "json", "--verdicts", "all"]).stdout).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&json)
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn the_schema_of_the_configuration_takes_what_the_program_reads() {
    let folder = Folder::new("output-configuration", &[]);
    let printed = folder.run(&["schema", "configuration"]).stdout;
    let schema: Value = serde_json::from_str(&printed).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (configuration, is_valid) in [
        (r#"{ "severity": { "host-port": "low" } }"#, true),
        (r#"{ "severity": { "host-port": "lowest" } }"#, false),
        (r#"{ "severty": {} }"#, false),
        (
            r#"{ "suppress": [{ "checks": ["a"], "reason": "known" }] }"#,
            true,
        ),
        (r#"{ "suppress": [{ "checks": ["a"] }] }"#, false),
        (
            r#"{ "environments": { "prod": { "values": ["a.yaml"] } } }"#,
            true,
        ),
    ] {
        let value: Value = serde_json::from_str(configuration).unwrap();
        assert_eq!(validator.is_valid(&value), is_valid, "{configuration}");
    }
}

#[test]
fn timings_go_to_the_standard_error() {
    let folder = Folder::new("output-timings", &[("deploy/pod.yaml", POD)]);
    let told = folder.scan(&["--timings", "-q"]);
    assert!(
        told.stderr.lines().all(|line| line.ends_with(" ms")) && told.stderr.contains("reading"),
        "{told:?}"
    );
}
