//! Texts in many layouts, each read without a problem.

pub(crate) const SAMPLES: &[(&str, &str)] = &[
    (
        "deployment.yaml",
        "# The shop.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop # its name
  labels: {app: shop, \"tier\": 'web'}  # labels
spec:
  replicas: 2
  template:
    spec:
      containers:
      # The first.
      - name: main   # main
        image: \"nginx:1.27\"
        args: [\"--a\", -b, 'c d']
        env:
        - name: A
          value: 'it''s'
        # about B
        - name: B
          value: |
            lines
              deeper

            end
        resources: {}
        securityContext:
          privileged: true  # no!
          # why
          capabilities:
            drop: [ALL]
      - image: \"other\"
        ports:
          - containerPort: 80
            protocol: TCP
          - 443
      volumes: []

---
# Behind.
kind: Other
empty:
nothing: ~
text: plain text
  over lines
last: >-
  folded
  text
",
    ),
    (
        "layouts.yaml",
        "a:
    four:
        deep: 1
    list:
      - x
      -   y: 1
          z: 2
      - - n1
        - n2
      -
        own: line
      -
      - \"q\"
'quoted key': v
\"double\\tkey\": w
flow: { a: 1, b: [x, y ], c: {d: e,}, f: , g }
long: [
  one, # about one
  two  # about two
]
map: {
  a: 1,
  # above b
  b: 2
}
keep: |+
  kept

after: 1
",
    ),
    (
        "explicit.yaml",
        "? key
: value
? other
: - a
  - b
? alone
tagged: !!str 12
anchored: &x text
both: &y !!int 3
map: &m
  a: 1
list: !!seq
- 1
- &z 2
- !!str 3
unicode: \"größe 𝄞\" # ünïcode
ключ: значение
",
    ),
    ("root.yaml", "--- # a list\n- a\n- b: 1\n  c: 2\n# end\n"),
    ("nested.yaml", "- - - a\n    - b\n  - c\n- d\n"),
    ("text.yaml", "just text # here\n"),
    ("indented.yaml", "  a: 1\n  b:\n    - 2\n"),
    (
        "pod.json",
        "{
  \"kind\": \"Pod\",
  \"metadata\": {\"name\": \"x\", \"labels\": {}},
  \"spec\": {
    \"containers\": [
      {
        \"name\": \"a\",
        \"ports\": [80, 443]
      },
      {\"name\": \"b\"}
    ],
    \"empty\": [],
    \"on\": true
  }
}
",
    ),
    (
        "line.json",
        "{\"a\":1,\"b\":[1,2,{\"c\":null}],\"d\":{\"e\":\"f\"}}\n",
    ),
    (
        "aliases.yaml",
        "base: &base
  a: 1
  b: {c: [x, y]}
copy: *base
merged:
  <<: *base
  d: 2
inner: {<<: *base, e: 3}
names: [&n shop, *n]
",
    ),
];
