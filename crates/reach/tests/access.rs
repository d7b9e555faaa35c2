//! What roles and bindings allow, and why: manifests, questions and answers.

mod questions;
mod support;

use std::collections::{BTreeMap, BTreeSet};

use expect_test::{Expect, expect};
use graph::Graph;
use kubernetes::Version;
use questions::{action, answers, asker, manifests, show_answer, show_origin};
use reach::{Access, Options, Verdict, environments};

const NO_BUILT_IN: Options = Options {
    environment: None,
    built_in: None,
    without: BTreeSet::new(),
};

#[track_caller]
fn check(lines: &str, questions: &[&str], expected: &Expect) {
    let graph = support::graph(&manifests(lines));
    expected.assert_eq(&answers(&graph, &NO_BUILT_IN, questions));
}

#[track_caller]
fn check_with_built_in(lines: &str, questions: &[&str], expected: &Expect) {
    let graph = support::graph(&manifests(lines));
    expected.assert_eq(&answers(&graph, &Options::default(), questions));
}

#[test]
fn a_grant_knows_its_binding_subject_role_and_rules() {
    check(
        "
        Role shop/reader rules: [{verbs: [list], apiGroups: [apps], resources: [deployments]}, {verbs: [get], apiGroups: [''], resources: [pods, pods/log]}]
        RoleBinding shop/read roleRef: {kind: Role, name: reader}, subjects: [{kind: User, name: bob}, {kind: ServiceAccount, name: api}]
        ",
        &[
            "shop/api: get pods/log in shop",
            "shop/api: get pods in other",
            "other/api: get pods in shop",
            "system:serviceaccount:shop:api: list deployments.apps in shop",
        ],
        &expect![[r#"
            shop/api: get pods/log in shop: yes
              RoleBinding/shop/read#subjects[name=api] gives Role/shop/reader by Role/shop/reader#rules[1]
            shop/api: get pods in other: no
            other/api: get pods in shop: no
            system:serviceaccount:shop:api: list deployments.apps in shop: yes
              RoleBinding/shop/read#subjects[name=api] gives Role/shop/reader by Role/shop/reader#rules[0]
        "#]],
    );
}

#[test]
fn a_binding_in_a_namespace_gives_nothing_in_the_cluster() {
    check(
        "
        ClusterRole all rules: [{verbs: ['*'], apiGroups: ['*'], resources: ['*']}, {verbs: ['*'], nonResourceURLs: ['*']}]
        RoleBinding shop/all roleRef: {kind: ClusterRole, name: all}, subjects: [{kind: Group, name: dev}]
        ",
        &["@dev: delete pods in shop", "@dev: list nodes", "@dev: get /metrics"],
        &expect![[r#"
            @dev: delete pods in shop: yes
              RoleBinding/shop/all#subjects[name=dev] gives ClusterRole/all by ClusterRole/all#rules[0]
            @dev: list nodes: no
            @dev: get /metrics: no
        "#]],
    );
}

#[test]
fn aggregated_roles_have_the_rules_of_those_that_they_select() {
    check(
        "
        ClusterRole whole aggregationRule: {clusterRoleSelectors: [{matchExpressions: [{key: part, operator: Exists}]}]}, rules: [{verbs: [get], apiGroups: [''], resources: [secrets]}]
        ClusterRole part with labels: {part: ''} and rules: [{verbs: [get], apiGroups: [''], resources: [pods]}]
        ClusterRoleBinding b roleRef: {kind: ClusterRole, name: whole}, subjects: [{kind: Group, name: dev}]
        ",
        &["@dev: get secrets", "@dev: get pods"],
        &expect![[r#"
            @dev: get secrets: no
            @dev: get pods: yes
              ClusterRoleBinding/b#subjects[name=dev] gives ClusterRole/whole by ClusterRole/part#rules[0]
        "#]],
    );
}

#[test]
fn aggregated_roles_that_select_no_rules_keep_their_own() {
    check(
        "
        ClusterRole none aggregationRule: {clusterRoleSelectors: [{matchLabels: {nothing: here}}]}, rules: [{verbs: [get], apiGroups: [''], resources: [secrets]}]
        ClusterRole empty with labels: {part: ''} and rules: []
        ClusterRole hollow with labels: {in: chain} and aggregationRule: {clusterRoleSelectors: [{matchLabels: {part: ''}}]}, rules: [{verbs: [get], apiGroups: [''], resources: [pods]}]
        ClusterRole chain aggregationRule: {clusterRoleSelectors: [{matchLabels: {in: chain}}]}, rules: [{verbs: [get], apiGroups: [''], resources: [nodes]}]
        ClusterRoleBinding n roleRef: {kind: ClusterRole, name: none}, subjects: [{kind: Group, name: dev}]
        ClusterRoleBinding c roleRef: {kind: ClusterRole, name: chain}, subjects: [{kind: Group, name: dev}]
        ",
        &["@dev: get secrets", "@dev: get pods", "@dev: get nodes"],
        &expect![[r#"
            @dev: get secrets: yes
              ClusterRoleBinding/n#subjects[name=dev] gives ClusterRole/none by ClusterRole/none#rules[0]
            @dev: get pods: yes
              ClusterRoleBinding/c#subjects[name=dev] gives ClusterRole/chain by ClusterRole/hollow#rules[0]
            @dev: get nodes: no
        "#]],
    );
}

#[test]
fn roles_that_aggregate_each_other_may_keep_what_they_had() {
    check(
        "
        ClusterRole a with labels: {in: b} and aggregationRule: {clusterRoleSelectors: [{matchLabels: {in: a}}]}, rules: [{verbs: [get], apiGroups: [''], resources: [secrets]}]
        ClusterRole b with labels: {in: a} and aggregationRule: {clusterRoleSelectors: [{matchLabels: {in: b}}]}
        ClusterRole c with labels: {in: a} and rules: [{verbs: [get], apiGroups: [''], resources: [pods]}]
        ClusterRoleBinding b roleRef: {kind: ClusterRole, name: b}, subjects: [{kind: Group, name: dev}]
        ",
        &["@dev: get secrets", "@dev: get pods", "@dev: get nodes"],
        &expect![[r#"
            @dev: get secrets: unknown: roles that aggregate each other may keep rules that they once had
              ClusterRoleBinding/b#subjects[name=dev] gives ClusterRole/b by ClusterRole/a#rules[0] unless: roles that aggregate each other may keep rules that they once had
            @dev: get pods: yes
              ClusterRoleBinding/b#subjects[name=dev] gives ClusterRole/b by ClusterRole/c#rules[0]
            @dev: get nodes: no
        "#]],
    );
}

#[test]
fn kubernetes_has_roles_and_bindings_of_its_own() {
    check_with_built_in(
        "
        ClusterRole widgets with labels: {rbac.authorization.k8s.io/aggregate-to-view: 'true'} and rules: [{verbs: [get], apiGroups: [example.org], resources: [widgets]}]
        RoleBinding shop/admins roleRef: {kind: ClusterRole, name: admin}, subjects: [{kind: Group, name: dev}]
        ",
        &[
            "@dev: get widgets.example.org in shop",
            "@dev: create pods/exec in shop",
            "@dev: escalate roles.rbac.authorization.k8s.io in shop",
            "shop/api: get /version",
            "kube-system/replicaset-controller: create pods in shop",
            "root+system:masters: impersonate users",
        ],
        &expect![[r#"
            @dev: get widgets.example.org in shop: yes
              RoleBinding/shop/admins#subjects[name=dev] gives (ClusterRole/admin) by ClusterRole/widgets#rules[0]
            @dev: create pods/exec in shop: yes
              RoleBinding/shop/admins#subjects[name=dev] gives (ClusterRole/admin) by (rule ClusterRole/system:aggregate-to-edit create,delete,deletecollection,patch,update "" pods,pods/attach,pods/exec,pods/portforward,pods/proxy  )
            @dev: escalate roles.rbac.authorization.k8s.io in shop: no
            shop/api: get /version: yes
              (binding ClusterRoleBinding/system:discovery ClusterRole/system:discovery Group/system:authenticated) gives (ClusterRole/system:discovery) by (rule ClusterRole/system:discovery get    /api,/api/*,/apis,/apis/*,/healthz,/livez,/openapi,/openapi/*,/readyz,/version,/version/)
              (binding ClusterRoleBinding/system:public-info-viewer ClusterRole/system:public-info-viewer Group/system:authenticated,Group/system:unauthenticated) gives (ClusterRole/system:public-info-viewer) by (rule ClusterRole/system:public-info-viewer get    /healthz,/livez,/readyz,/version,/version/)
            kube-system/replicaset-controller: create pods in shop: yes
              (binding ClusterRoleBinding/system:controller:replicaset-controller ClusterRole/system:controller:replicaset-controller ServiceAccount/kube-system/replicaset-controller) gives (ClusterRole/system:controller:replicaset-controller) by (rule ClusterRole/system:controller:replicaset-controller create,delete,list,patch,watch "" pods  )
            root+system:masters: impersonate users: yes
              (binding ClusterRoleBinding/cluster-admin ClusterRole/cluster-admin Group/system:masters) gives (ClusterRole/cluster-admin) by (rule ClusterRole/cluster-admin * * *  )
        "#]],
    );
}

#[test]
fn own_roles_are_joined_with_written_ones_unless_these_are_left_alone() {
    let lines = |annotation: &str| {
        format!(
            "
        ClusterRole system:basic-user with annotations: {{rbac.authorization.kubernetes.io/autoupdate: '{annotation}'}} and rules: [{{verbs: [get], apiGroups: [''], resources: [nodes]}}]
        ClusterRoleBinding system:discovery with annotations: {{rbac.authorization.kubernetes.io/autoupdate: '{annotation}'}} and roleRef: {{kind: ClusterRole, name: system:discovery}}, subjects: []
        "
        )
    };
    let questions = [
        "alice+: get nodes",
        "alice+: create selfsubjectaccessreviews.authorization.k8s.io",
        "alice+: get /openapi",
    ];
    check_with_built_in(
        &lines("true"),
        &questions,
        &expect![[r#"
        alice+: get nodes: yes
          (binding ClusterRoleBinding/system:basic-user ClusterRole/system:basic-user Group/system:authenticated) gives ClusterRole/system:basic-user by ClusterRole/system:basic-user#rules[0]
        alice+: create selfsubjectaccessreviews.authorization.k8s.io: yes
          (binding ClusterRoleBinding/system:basic-user ClusterRole/system:basic-user Group/system:authenticated) gives ClusterRole/system:basic-user by (rule ClusterRole/system:basic-user create authorization.k8s.io selfsubjectaccessreviews,selfsubjectrulesreviews  )
        alice+: get /openapi: yes
          (binding ClusterRoleBinding/system:discovery ClusterRole/system:discovery Group/system:authenticated) gives (ClusterRole/system:discovery) by (rule ClusterRole/system:discovery get    /api,/api/*,/apis,/apis/*,/healthz,/livez,/openapi,/openapi/*,/readyz,/version,/version/)
    "#]],
    );
    check_with_built_in(
        &lines("false"),
        &questions,
        &expect![[r#"
        alice+: get nodes: yes
          (binding ClusterRoleBinding/system:basic-user ClusterRole/system:basic-user Group/system:authenticated) gives ClusterRole/system:basic-user by ClusterRole/system:basic-user#rules[0]
        alice+: create selfsubjectaccessreviews.authorization.k8s.io: no
        alice+: get /openapi: no
    "#]],
    );
}

#[test]
fn own_labels_stay_whatever_is_written() {
    check_with_built_in(
        "
        ClusterRole system:aggregate-to-edit with labels: {rbac.authorization.k8s.io/aggregate-to-edit: 'false', mine: 'true'}
        ClusterRole mine aggregationRule: {clusterRoleSelectors: [{matchLabels: {mine: 'true', kubernetes.io/bootstrapping: rbac-defaults}}]}
        ClusterRoleBinding a roleRef: {kind: ClusterRole, name: edit}, subjects: [{kind: Group, name: dev}]
        ClusterRoleBinding b roleRef: {kind: ClusterRole, name: mine}, subjects: [{kind: Group, name: ops}]
        ",
        &["@dev: create pods/exec", "@ops: create pods/exec"],
        &expect![[r#"
            @dev: create pods/exec: yes
              ClusterRoleBinding/a#subjects[name=dev] gives (ClusterRole/edit) by (rule ClusterRole/system:aggregate-to-edit create,delete,deletecollection,patch,update "" pods,pods/attach,pods/exec,pods/portforward,pods/proxy  )
            @ops: create pods/exec: yes
              ClusterRoleBinding/b#subjects[name=ops] gives ClusterRole/mine by (rule ClusterRole/system:aggregate-to-edit create,delete,deletecollection,patch,update "" pods,pods/attach,pods/exec,pods/portforward,pods/proxy  )
        "#]],
    );
}

#[test]
fn versions_differ_in_their_own_roles() {
    let may = |minor, question: &str| {
        let options = Options {
            environment: None,
            built_in: Some(Version { minor }),
            ..Options::default()
        };
        let (who, what) = question.split_once(": ").unwrap();
        let access = Access::of(&Graph::default(), &options);
        access.may(&asker(who), &action(what)).verdict == Verdict::Yes
    };
    for (question, minor, before, since) in [
        (
            "kube-system/expand-controller: get secrets",
            32,
            true,
            false,
        ),
        (
            "kube-system/cronjob-controller: watch pods",
            32,
            false,
            true,
        ),
    ] {
        assert_eq!(may(minor - 1, question), before, "{question}");
        assert_eq!(may(minor, question), since, "{question}");
    }
}

#[test]
fn groups_of_users_are_unknown_unless_they_are_given() {
    check(
        "
        ClusterRole r rules: [{verbs: [get], apiGroups: [''], resources: [pods]}]
        ClusterRoleBinding b roleRef: {kind: ClusterRole, name: r}, subjects: [{kind: Group, name: dev}]
        ",
        &["alice: get pods", "alice+: get pods", "alice+dev: get pods", "shop/api: get pods", "system:anonymous: get pods"],
        &expect![[r#"
            alice: get pods: unknown: the groups of users are not stored in a cluster
              ClusterRoleBinding/b#subjects[name=dev] gives ClusterRole/r by ClusterRole/r#rules[0] unless: the groups of users are not stored in a cluster
            alice+: get pods: no
            alice+dev: get pods: yes
              ClusterRoleBinding/b#subjects[name=dev] gives ClusterRole/r by ClusterRole/r#rules[0]
            shop/api: get pods: no
            system:anonymous: get pods: no
        "#]],
    );
}

#[test]
fn causes_of_what_is_unknown_are_told() {
    check(
        "
        ClusterRole open rules: ['...', {verbs: [get, 'l?'], apiGroups: [''], resources: [pods], resourceNames: ['web-?']}]
        ClusterRole maybe with annotations: {conditional: 'yes'} and rules: [{verbs: [get], apiGroups: [''], resources: [nodes]}]
        ClusterRoleBinding a roleRef: {kind: ClusterRole, name: open}, subjects: [{kind: Group, name: ops}]
        ClusterRoleBinding b roleRef: {kind: ClusterRole, name: maybe}, subjects: [{kind: Group, name: dev}]
        RoleBinding shop/c roleRef: {kind: Role, name: 'r?'}, subjects: [{kind: ServiceAccount, name: api, namespace: '?-prod'}]
        ",
        &[
            "@dev: get nodes",
            "@dev: get pods",
            "@ops: list pods named web-1",
            "eu-prod/api: get pods in shop",
            "eu-test/api: get pods in shop",
        ],
        &expect![[r#"
            @dev: get nodes: unknown: it is conditional
              ClusterRoleBinding/b#subjects[name=dev] gives ClusterRole/maybe by ClusterRole/maybe#rules[0] unless: it is conditional
            @dev: get pods: no
            @ops: list pods named web-1: unknown: a piece is open
              ClusterRoleBinding/a#subjects[name=ops] gives ClusterRole/open by ClusterRole/open#rules[0] unless: a piece is open
            eu-prod/api: get pods in shop: unknown: a piece is open
              RoleBinding/shop/c#subjects[name=api] gives ? by  unless: a piece is open
            eu-test/api: get pods in shop: no
        "#]],
    );
}

#[test]
fn namespaces_that_nobody_wrote_may_be_any() {
    check(
        "
        Role r rules: [{verbs: [get], apiGroups: [''], resources: [pods]}]
        RoleBinding b roleRef: {kind: Role, name: r}, subjects: [{kind: ServiceAccount, name: api}]
        RoleBinding shop/c roleRef: {kind: Role, name: r}, subjects: [{kind: ServiceAccount, name: web, namespace: shop}]
        ",
        &[
            "?/api: get pods in ?",
            "?/api: get pods in shop",
            "shop/api: get pods in shop",
            "shop/web: get pods in shop",
            "?/web: get pods in shop",
            "?/other: get pods in ?",
        ],
        &expect![[r#"
            ?/api: get pods in ?: yes
              RoleBinding/b#subjects[name=api] gives Role/r by Role/r#rules[0]
            ?/api: get pods in shop: unknown: whoever applies it chooses the namespace
              RoleBinding/b#subjects[name=api] gives Role/r by Role/r#rules[0] unless: whoever applies it chooses the namespace
            shop/api: get pods in shop: unknown: whoever applies it chooses the namespace
              RoleBinding/b#subjects[name=api] gives Role/r by Role/r#rules[0] unless: whoever applies it chooses the namespace
            shop/web: get pods in shop: unknown: whoever applies it chooses the namespace
              RoleBinding/shop/c#subjects[name=web] gives Role/r by Role/r#rules[0] unless: whoever applies it chooses the namespace
            ?/web: get pods in shop: unknown: whoever applies it chooses the namespace
              RoleBinding/shop/c#subjects[name=web] gives Role/r by Role/r#rules[0] unless: whoever applies it chooses the namespace
            ?/other: get pods in ?: no
        "#]],
    );
}

#[test]
fn of_several_objects_with_one_name_only_one_exists() {
    check(
        "
        ClusterRole r rules: [{verbs: [get, list], apiGroups: [''], resources: [pods]}]
        ClusterRole r rules: [{verbs: [get], apiGroups: [''], resources: [pods]}]
        ClusterRoleBinding b roleRef: {kind: ClusterRole, name: r}, subjects: [{kind: Group, name: dev}]
        ClusterRoleBinding b roleRef: {kind: ClusterRole, name: r}, subjects: [{kind: Group, name: dev}]
        ClusterRoleBinding c roleRef: {kind: ClusterRole, name: r}, subjects: [{kind: Group, name: ops}]
        ClusterRoleBinding c roleRef: {kind: ClusterRole, name: r}, subjects: [{kind: Group, name: qa}]
        ",
        &["@dev: get pods", "@dev: list pods", "@ops: get pods"],
        &expect![[r#"
            @dev: get pods: yes
              ClusterRoleBinding/b#subjects[name=dev] gives ClusterRole/r by ClusterRole/r#rules[0]
            @dev: list pods: unknown: several resources with different content have this name
              ClusterRoleBinding/b#subjects[name=dev] gives ClusterRole/r by ClusterRole/r#rules[0] unless: several resources with different content have this name
            @ops: get pods: unknown: several resources with different content have this name
              ClusterRoleBinding/c#subjects[name=ops] gives ClusterRole/r by ClusterRole/r#rules[0] unless: several resources with different content have this name
        "#]],
    );
}

#[test]
fn roles_outside_of_the_input_may_allow_anything() {
    let lines = "RoleBinding shop/b roleRef: {kind: Role, name: gone}, subjects: [{kind: Group, name: dev}]";
    let mut graph = support::graph(&manifests(lines));
    let ask = |graph: &Graph| {
        answers(
            graph,
            &NO_BUILT_IN,
            &["@dev: get pods in shop", "@dev: get nodes"],
        )
    };
    expect![[r#"
        @dev: get pods in shop: no
        @dev: get nodes: no
    "#]]
    .assert_eq(&ask(&graph));
    graph.completeness.others = false;
    expect![[r#"
        @dev: get pods in shop: unknown: it is not in the scanned input, which was not declared complete
          RoleBinding/shop/b#subjects[name=dev] gives ? by  unless: it is not in the scanned input, which was not declared complete
        @dev: get nodes: no
    "#]].assert_eq(&ask(&graph));
}

#[test]
fn environments_do_not_mix() {
    let lines = "
        ClusterRole r with annotations: {environment: prod} and rules: [{verbs: [get], apiGroups: [''], resources: [pods]}]
        ClusterRole r with annotations: {environment: test} and rules: [{verbs: ['*'], apiGroups: ['*'], resources: ['*']}]
        ClusterRoleBinding b roleRef: {kind: ClusterRole, name: r}, subjects: [{kind: Group, name: dev}]
    ";
    let graph = support::graph(&manifests(lines));
    let found: BTreeMap<_, _> = environments(&graph)
        .into_iter()
        .map(|environment| {
            let options = Options {
                environment: environment.clone(),
                built_in: None,
                ..Options::default()
            };
            let access = Access::of(&graph, &options);
            let may = ["@dev: get pods", "@dev: get nodes"].map(|question| {
                let (who, what) = question.split_once(": ").unwrap();
                access.may(&asker(who), &action(what)).verdict
            });
            (environment.unwrap(), may)
        })
        .collect();
    let expected = [
        ("prod".into(), [Verdict::Yes, Verdict::No]),
        ("test".into(), [Verdict::Yes, Verdict::Yes]),
    ];
    assert_eq!(found, BTreeMap::from(expected));
    assert_eq!(environments(&Graph::default()), [None]);
}

#[test]
fn who_can_and_can_tell_the_same_from_both_sides() {
    let lines = "
        ClusterRole r rules: [{verbs: [get], apiGroups: [''], resources: [secrets]}, {verbs: [get], nonResourceURLs: [/metrics]}]
        ClusterRoleBinding all roleRef: {kind: ClusterRole, name: r}, subjects: [{kind: Group, name: ops}, {kind: User, name: 'a?'}]
        RoleBinding shop/some roleRef: {kind: ClusterRole, name: r}, subjects: [{kind: ServiceAccount, name: api}, {kind: Group, name: ops}]
        RoleBinding other/more roleRef: {kind: ClusterRole, name: r}, subjects: [{kind: User, name: bob}]
    ";
    let graph = support::graph(&manifests(lines));
    let access = Access::of(&graph, &NO_BUILT_IN);
    let holders = access.who_can(&action("get secrets in shop"));
    let holders: String = holders
        .iter()
        .map(|holder| {
            format!(
                "{:?}: {}",
                holder.subject,
                show_answer(&graph, &holder.answer)
            )
        })
        .collect();
    expect![[r#"
        None: unknown: a piece is open
          ClusterRoleBinding/all#subjects[1] gives ClusterRole/r by ClusterRole/r#rules[0] unless: a piece is open
        Some(Group("ops")): yes
          ClusterRoleBinding/all#subjects[name=ops] gives ClusterRole/r by ClusterRole/r#rules[0]
          RoleBinding/shop/some#subjects[name=ops] gives ClusterRole/r by ClusterRole/r#rules[0]
        Some(Group("system:masters")): yes
        Some(Account { namespace: Named("shop"), name: "api" }): yes
          RoleBinding/shop/some#subjects[name=api] gives ClusterRole/r by ClusterRole/r#rules[0]
    "#]].assert_eq(&holders);
    let mut held = String::new();
    for holding in access.can(&asker("@ops")) {
        held += &format!(
            "{:?} {}\n",
            holding.scope,
            show_origin(&graph, holding.binding)
        );
        for rule in access.rules(holding.role.unwrap(), &holding.scope) {
            held += &format!(
                "  {} {:?} {:?} {:?}\n",
                show_origin(&graph, rule.origin),
                rule.verbs,
                rule.resources,
                rule.paths
            );
        }
    }
    expect![[r#"
        Cluster ClusterRoleBinding/all
          ClusterRole/r#rules[0] ["get"] ["secrets"] []
          ClusterRole/r#rules[1] ["get"] [] ["/metrics"]
        Named("shop") RoleBinding/shop/some
          ClusterRole/r#rules[0] ["get"] ["secrets"] []
    "#]]
    .assert_eq(&held);
}
