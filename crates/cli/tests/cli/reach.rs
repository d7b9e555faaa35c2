//! Which traffic may flow, as the program tells it.

use expect_test::{Expect, expect};

use crate::support::Folder;

const WEB: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web, ports: [{ name: http, containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  selector: { app: web }
  ports: [{ port: 80, targetPort: http }]
";

const API: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec: { containers: [{ name: api, image: api }] }
---
apiVersion: v1
kind: Service
metadata: { name: api, namespace: shop }
spec:
  selector: { app: api }
  ports: [{ port: 80, targetPort: 9000 }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api, namespace: shop }
spec:
  podSelector: { matchLabels: { app: api } }
  policyTypes: [Ingress]
  ingress:
  - from: [{ podSelector: { matchLabels: { app: web } } }]
    ports: [{ port: 9000 }]
";

#[track_caller]
fn check(name: &str, arguments: &[&str], code: i32, expected: &Expect) {
    let folder = Folder::new(name, &[("web.yaml", WEB), ("api.yaml", API)]);
    let told = folder.run(&[&["reach"], arguments, &["-q", "--complete"]].concat());
    expected.assert_eq(&told.stdout);
    assert_eq!((told.code, told.stderr.as_str()), (Some(code), ""));
}

#[test]
fn policies_that_decide_are_told_with_their_lines() {
    check(
        "reach-allowed",
        &["Deployment/shop/web", "Service/shop/api:80"],
        0,
        &expect![[r#"
            yes: Deployment/shop/web to Deployment/shop/api at TCP 9000
              through Service/shop/api (api.yaml:15)
              ingress: NetworkPolicy/shop/api (api.yaml:24) allows
        "#]],
    );
    check(
        "reach-denied",
        &["Deployment/shop/web", "Deployment/shop/api:22"],
        1,
        &expect![[r#"
            no: Deployment/shop/web to Deployment/shop/api at TCP 22
              ingress: NetworkPolicy/shop/api (api.yaml:17) isolates
        "#]],
    );
    check(
        "reach-namespace",
        &["10.0.0.0/8", "namespace:shop"],
        1,
        &expect![[r#"
            no: 10.0.0.0/8 to Deployment/shop/api at any port
              ingress: NetworkPolicy/shop/api (api.yaml:17) isolates
            yes: 10.0.0.0/8 to Deployment/shop/web at any port
        "#]],
    );
}

#[test]
fn ways_of_the_internet_are_told_hop_by_hop() {
    check(
        "reach-internet",
        &["internet", "Service/shop/web"],
        0,
        &expect![[r#"
            yes: internet to Deployment/shop/web at TCP 8080
              through Service/shop/web (web.yaml:17)
              yes, by load-balancer at TCP 8080
                Service/shop/web (web.yaml:14)
                Service/shop/web (web.yaml:17)
                Deployment/shop/web (web.yaml:8)
        "#]],
    );
    check(
        "reach-inside",
        &["internet", "Service/shop/api"],
        1,
        &expect![[r#"
            no: internet to Deployment/shop/api at any port
              through Service/shop/api (api.yaml:15)
              nothing exposes it
        "#]],
    );
}

#[test]
fn without_ends_all_pods_and_the_internet_are_told() {
    check(
        "reach-all",
        &[],
        0,
        &expect![[r#"
        yes: Deployment/shop/api to Deployment/shop/web at any port
        yes: Deployment/shop/api to internet at any port
        yes: Deployment/shop/web to Deployment/shop/api at TCP 9000, in part
          ingress: NetworkPolicy/shop/api (api.yaml:24) allows
        yes: Deployment/shop/web to internet at any port
        no: internet to Deployment/shop/api at any port
          nothing exposes it
        yes: internet to Deployment/shop/web at TCP 8080
          yes, by load-balancer at TCP 8080
            Service/shop/web (web.yaml:14)
            Service/shop/web (web.yaml:17)
            Deployment/shop/web (web.yaml:8)
    "#]],
    );
}

#[test]
fn what_is_not_in_the_input_leaves_a_no_open() {
    let folder = Folder::new("reach-open", &[("web.yaml", WEB), ("api.yaml", API)]);
    let told = folder.run(&["reach", "internet", "Service/shop/api"]);
    expect![[r#"
        unknown: internet to Deployment/shop/api at any port
          through Service/shop/api (api.yaml:15)
          nothing exposes it
          unknown: what is not in the input may let it through

        note: policies that are not in the input may stop or allow more; --complete says that there are none
        note: policies are asked only; whether addresses are routed, and whether the plugin of the network follows policies, is not known
    "#]].assert_eq(&told.stdout);
    assert_eq!(told.code, Some(1));
}

#[test]
fn ends_that_nobody_knows_are_wrong_usage() {
    let folder = Folder::new("reach-unknown", &[("web.yaml", WEB)]);
    for (arguments, expected) in [
        (
            &["Deployment/shop/wep", "internet"][..],
            "did you mean `Deployment/shop/web`?",
        ),
        (&["internet", "10.0.0.0/8"], "no pod is at either end"),
        (
            &["internet", "Deployment/shop/web:99999"],
            "is called `Deployment/shop/web:99999`",
        ),
    ] {
        let told = folder.run(&[&["reach"], arguments].concat());
        assert_eq!(told.code, Some(2), "{told:?}");
        assert!(told.stderr.contains(expected), "{told:?}");
    }
}
