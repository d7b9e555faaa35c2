//! What changes files: fixes, alone and together, and suppressions.

use super::*;

#[test]
fn a_fix_is_looked_at_written_and_undone() {
    let mut driver = shop();
    driver.to("privileged-container").keys("f");
    let screen = driver.screen();
    assert!(screen.contains("-           privileged: true"), "{screen}");
    assert!(screen.contains("+           privileged: false"), "{screen}");
    driver.keys("esc");
    assert_eq!(driver.file("shop.yaml"), SHOP);
    driver.keys("f enter");
    assert!(driver.file("shop.yaml").contains("privileged: false"));
    assert!(
        !driver.screen().contains("privileged-container"),
        "{}",
        driver.screen()
    );
    driver.keys("u");
    assert_eq!(driver.file("shop.yaml"), SHOP);
    assert!(
        driver.told().starts_with("undone") || driver.told().contains("new"),
        "{}",
        driver.told()
    );
}

#[test]
fn nothing_is_written_over_what_changed_meanwhile() {
    let mut driver = shop();
    driver.to("privileged-container").keys("f");
    let other = SHOP.replace("port: 80", "port: 81");
    driver
        .system
        .set(Path::new("/w/shop.yaml"), other.as_bytes());
    driver.keys("enter");
    assert_eq!(
        driver.told(),
        "shop.yaml changed meanwhile; nothing was written"
    );
    assert_eq!(driver.file("shop.yaml"), other);
}

#[test]
fn marked_findings_are_fixed_together() {
    let mut driver = shop();
    driver.to("privileged-container").keys("space");
    assert_eq!(driver.state.marks.len(), 1);
    driver.keys("space f");
    assert!(matches!(driver.state.overlay, Overlay::Preview(..)) || !driver.told().is_empty());
    driver.keys("esc U");
    assert!(driver.state.marks.is_empty());
}

#[test]
fn a_suppression_needs_a_reason_and_takes_a_last_day() {
    let files = [("shop.yaml", SHOP), ("scantling.yaml", "# ours\n")];
    let mut driver = Driver::new(&files, (120, 40));
    driver.to("privileged-container").keys("s enter");
    assert!(
        driver.screen().contains("without a reason"),
        "{}",
        driver.screen()
    );
    driver
        .text("it drives")
        .keys("enter")
        .text("soon")
        .keys("enter");
    assert!(
        driver.screen().contains("as 2027-01-31"),
        "{}",
        driver.screen()
    );
    driver.keys("ctrl-u").text("2999-01-31").keys("enter");
    assert!(
        driver.screen().contains("suppress 1 finding"),
        "{}",
        driver.screen()
    );
    assert!(
        driver.screen().contains("writes 1 file"),
        "{}",
        driver.screen()
    );
    driver.keys("enter");
    let written = driver.file("scantling.yaml");
    assert!(written.contains("until: \"2999-01-31\""), "{written}");
    assert!(
        !driver.screen().contains("privileged-container"),
        "{}",
        driver.screen()
    );
    driver.keys("/").text("suppressed").keys("enter");
    assert!(
        driver.here().contains("privileged-container"),
        "{}",
        driver.screen()
    );
    driver.keys("s");
    assert_eq!(driver.told(), "suppress: it is suppressed already");
}
