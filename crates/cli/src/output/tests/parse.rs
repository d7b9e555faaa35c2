//! Reads what the formats wrote, as far as findings go.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::output::text::flat;

/// What every format says of a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Said {
    pub(super) check: String,
    pub(super) path: String,
    pub(super) line: u32,
    pub(super) message: String,
}

/// A finding, with texts as people read them.
pub(super) fn said(check: &str, path: &str, line: u32, message: &str) -> Said {
    Said {
        check: check.to_owned(),
        path: flat(path),
        line,
        message: flat(message),
    }
}

fn sorted(mut said: Vec<Said>) -> Vec<Said> {
    said.sort();
    said
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("no text at {pointer} of {value}"))
}

fn line(value: &Value, pointer: &str) -> u32 {
    let line = value.pointer(pointer).and_then(Value::as_u64);
    u32::try_from(line.unwrap_or_else(|| panic!("no number at {pointer} of {value}"))).unwrap()
}

pub(super) fn json(output: &str) -> Vec<Said> {
    let report: Value = serde_json::from_str(output).unwrap();
    let finding = |finding: &Value| {
        let line = line(finding, "/location/start/line");
        said(
            text(finding, "/check"),
            text(finding, "/path"),
            line,
            text(finding, "/message"),
        )
    };
    sorted(
        report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(finding)
            .collect(),
    )
}

pub(super) fn sarif(output: &str) -> Vec<Said> {
    let log: Value = serde_json::from_str(output).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let is_shown = |result: &&Value| result["suppressions"].as_array().is_none_or(Vec::is_empty);
    let result = |result: &Value| {
        let line = line(result, "/locations/0/physicalLocation/region/startLine");
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(
            log["runs"][0]["tool"]["driver"]["rules"][index]["id"],
            result["ruleId"]
        );
        said(
            text(result, "/ruleId"),
            text(result, "/properties/path"),
            line,
            text(result, "/message/text"),
        )
    };
    sorted(results.iter().filter(is_shown).map(result).collect())
}

pub(super) fn github(output: &str) -> Vec<Said> {
    let unescaped = |text: &str| {
        let text = text
            .replace("%3A", ":")
            .replace("%2C", ",")
            .replace("%0A", "\n")
            .replace("%0D", "\r");
        text.replace("%25", "%")
    };
    let command = |command: &str| {
        let (head, body) = command.strip_prefix("::")?.split_once("::")?;
        let properties: BTreeMap<&str, &str> = head
            .split_once(' ')?
            .1
            .split(',')
            .filter_map(|property| property.split_once('='))
            .collect();
        let check = unescaped(properties["title"])
            .split_once('[')?
            .1
            .trim_end_matches(']')
            .to_owned();
        let body = unescaped(body);
        let mut lines = body.split('\n');
        let message = lines.next()?;
        let path = lines.next()?.split_once(": ")?.1;
        Some(said(
            &check,
            path,
            properties["line"].parse().unwrap(),
            message,
        ))
    };
    sorted(output.lines().filter_map(command).collect())
}

pub(super) fn junit(output: &str) -> Vec<Said> {
    let report = quick_junit::Report::deserialize_from_str(output).unwrap();
    let case = |case: &quick_junit::TestCase| {
        let quick_junit::TestCaseStatus::NonSuccess { kind, message, .. } = &case.status else {
            return None;
        };
        if *kind != quick_junit::NonSuccessKind::Failure {
            return None;
        }
        let path = case
            .properties
            .iter()
            .find(|property| property.name.as_str() == "path")?
            .value
            .as_str();
        let line = case.extra.get("line")?.as_str().parse().unwrap();
        Some(said(
            case.classname.as_ref()?.as_str(),
            path,
            line,
            message.as_ref()?.as_str(),
        ))
    };
    sorted(
        report
            .test_suites
            .iter()
            .flat_map(|suite| &suite.test_cases)
            .filter_map(case)
            .collect(),
    )
}

/// Reads frames and the lines of findings without one.
pub(super) fn human(output: &str) -> Vec<Said> {
    let mut reader = HumanReader::default();
    for line in output.lines() {
        reader.read(line);
    }
    reader.close();
    sorted(reader.said)
}

#[derive(Default)]
struct HumanReader {
    said: Vec<Said>,
    /// The check and message of each title above the frame, each with the rest of its path.
    titles: Vec<(String, String, String)>,
    line: u32,
    path: String,
    /// The place and message of a finding without a frame, until its path is read.
    listed: Option<(u32, String)>,
    /// The number of helps below the frame.
    helps: usize,
}

impl HumanReader {
    fn read(&mut self, line: &str) {
        let bare = line
            .trim_start()
            .trim_start_matches(['=', '├', '╰', '│', ' ']);
        if let Some((check, message)) = title(line) {
            if self.line > 0 {
                self.close();
            }
            self.titles.push((check, message, String::new()));
        } else if let Some(place) = bare
            .strip_prefix("--> ")
            .or_else(|| bare.strip_prefix("╭▸ "))
        {
            self.line = line_number(place);
        } else if let Some(note) = bare.strip_prefix("note: in ") {
            self.path = note
                .split_once(" at ")
                .map_or("", |(_, path)| path)
                .to_owned();
        } else if let Some(help) = bare.strip_prefix("help: ") {
            self.help(help);
        } else if let Some((place, message)) = line
            .strip_prefix("  f")
            .and_then(|line| line.split_once(": "))
        {
            self.listed = Some((line_number(place), message.to_owned()));
        } else if let Some(resource) = line.strip_prefix("      in ") {
            let path = resource.split_once(" at ").unwrap().1;
            let (line, message) = self.listed.take().unwrap();
            let check = self.titles.last().unwrap().0.clone();
            self.said.push(said(&check, path, line, &message));
        }
    }

    /// Where a frame has several titles, the helps stand in their order, each with its check and the rest of the path.
    fn help(&mut self, help: &str) {
        if let Some((check, _, rest)) = self.titles.get_mut(self.helps) {
            let named = help
                .strip_prefix(check.as_str())
                .and_then(|help| help.strip_prefix(" ("));
            *rest = named
                .and_then(|named| named.split_once("): "))
                .map_or("", |(rest, _)| rest)
                .to_owned();
        }
        self.helps += 1;
    }

    fn close(&mut self) {
        for (check, message, rest) in std::mem::take(&mut self.titles) {
            if self.line > 0 {
                self.said.push(said(
                    &check,
                    &format!("{}{rest}", self.path),
                    self.line,
                    &message,
                ));
            }
        }
        (self.line, self.helps) = (0, 0);
        self.path.clear();
    }
}

/// The check and message of a line such as `high[host-pid]: pod sees all processes`.
fn title(line: &str) -> Option<(String, String)> {
    let (severity, rest) = line.split_once('[')?;
    if !["critical", "high", "medium", "low", "info"].contains(&severity) {
        return None;
    }
    let (check, message) = rest.split_once("]: ")?;
    Some((check.to_owned(), message.to_owned()))
}

fn line_number(place: &str) -> u32 {
    place
        .rsplit(':')
        .nth(1)
        .and_then(|line| line.parse().ok())
        .unwrap_or_else(|| panic!("no line in {place}"))
}
