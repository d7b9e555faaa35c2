//! Networks as Terraform 1.11 computes them.

use super::super::told::{number, string, told};
use crate::value::Value;

#[track_caller]
fn check(name: &str, prefix: &str, numbers: &[&str], expected: &str) {
    let numbers = numbers.iter().map(|text| number(text));
    let arguments: Vec<Value> = [string(prefix)].into_iter().chain(numbers).collect();
    assert_eq!(told(name, &arguments), expected, "{name} {prefix}");
}

#[test]
fn hosts_are_counted_from_either_end() {
    for (prefix, host, expected) in [
        ("10.1.2.240/28", "1", r#""10.1.2.241""#),
        ("10.1.2.240/28", "-1", r#""10.1.2.255""#),
        ("10.1.2.240/28", "16", "!"),
        ("10.1.2.240/28", "-17", "!"),
        ("10.1.2.240/28", "0.5", "!"),
        ("010.001.2.3/08", "0", r#""10.0.0.0""#),
        (
            "fd00:fd12:3456:7890::/56",
            "34",
            r#""fd00:fd12:3456:7800::22""#,
        ),
        (
            "fe80::/64",
            "18446744073709551615",
            r#""fe80::ffff:ffff:ffff:ffff""#,
        ),
        ("10.0.0.0/8", "18446744073709551616", "!"),
        ("10.0.0.0/33", "0", "!"),
        ("10.0.0.0", "0", "!"),
        ("10.0.0/8", "0", "!"),
    ] {
        check("cidrhost", prefix, &[host], expected);
    }
}

#[test]
fn subnets_are_numbered() {
    for (prefix, bits, net, expected) in [
        ("172.16.0.0/12", "4", "2", r#""172.18.0.0/16""#),
        ("10.1.2.0/24", "4", "15", r#""10.1.2.240/28""#),
        (
            "fd00:fd12:3456:7890::/56",
            "16",
            "162",
            r#""fd00:fd12:3456:7800:a200::/72""#,
        ),
        ("10.1.2.0/24", "4", "16", "!"),
        ("10.1.2.0/24", "9", "0", "!"),
        ("10.0.0.0/8", "8", "-1", r#""0.1.0.0/16""#),
        ("10.1.2.0/24", "-8", "0", r#""10.1.2.0/16""#),
        ("10.0.0.0/8", "-9", "0", r#""<nil>""#),
        ("10.0.0.0/8", "-9000000000000000000", "1", "!"),
        ("::ffff:10.0.0.0/104", "8", "1", r#""10.1.0.0/16""#),
    ] {
        check("cidrsubnet", prefix, &[bits, net], expected);
    }
}

#[test]
fn subnets_follow_one_another() {
    for (prefix, bits, expected) in [
        (
            "10.1.0.0/16",
            vec!["4", "4", "8", "4"],
            r#"["10.1.0.0/20" "10.1.16.0/20" "10.1.32.0/24" "10.1.48.0/20"]"#,
        ),
        ("10.0.0.0/8", vec![], "[]"),
        ("10.0.0.0/8", vec!["1", "1", "1"], "!3"),
        ("10.0.0.0/8", vec!["1", "0"], "!2"),
        ("10.0.0.0/8", vec!["33"], "!1"),
        ("10.0.0.0/24", vec!["9"], "!1"),
        ("0.0.0.0/0", vec!["1"], "!1"),
        ("::/0", vec!["1"], "!1"),
        (
            "fe80::/48",
            vec!["16", "16"],
            r#"["fe80::/64" "fe80:0:0:1::/64"]"#,
        ),
        ("x", vec!["1"], "!0"),
    ] {
        check("cidrsubnets", prefix, &bits, expected);
    }
}

#[test]
fn only_networks_of_ipv4_have_a_netmask() {
    for (prefix, expected) in [
        ("172.16.0.0/12", r#""255.240.0.0""#),
        ("0.0.0.0/0", r#""0.0.0.0""#),
        ("fe80::/48", "!"),
        ("x", "!"),
    ] {
        check("cidrnetmask", prefix, &[], expected);
    }
}

#[test]
fn networks_contain_addresses_and_networks() {
    for (outer, inner, expected) in [
        ("192.168.2.0/20", "192.168.2.1", "true"),
        ("192.168.2.0/20", "192.168.2.0/22", "true"),
        ("192.168.2.0/20", "192.126.2.1", "false"),
        ("192.168.2.0/20", "192.168.0.0/19", "false"),
        ("fe80::/48", "fe80::1", "true"),
        ("fe80::/48", "10.0.0.1", "!"),
        ("10.0.0.0/8", "x", "!"),
        ("x", "10.0.0.1", "!"),
    ] {
        let found = told("cidrcontains", &[string(outer), string(inner)]);
        assert_eq!(found, expected, "{outer} {inner}");
    }
}

#[test]
fn addresses_of_ipv6_are_read_as_terraform_reads_them() {
    for (address, expected) in [
        ("1:2:3:4:5:6:7:8", r#""1:2:3:4:5:6:7:8""#),
        ("1::8", r#""1::8""#),
        ("::", r#""::""#),
        ("00001::", r#""1::""#),
        ("::1.2.3.4", r#""::102:304""#),
        ("1:2:3:4:5:6:1.2.3.4", r#""1:2:3:4:5:6:102:304""#),
        ("1::2::3", "!"),
        ("1:2:3:4:5:6:7", "!"),
        ("1:2:3:4:5:6:7:8:9", "!"),
        ("1:2:3:4:5:6:7::8", "!"),
        ("1:", "!"),
        (":1", "!"),
        ("12345::", "!"),
    ] {
        check("cidrhost", &format!("{address}/128"), &["0"], expected);
    }
}
