//! A generator of a chart: fifty templates, a file of helpers, and values for each template.

use std::fmt::Write as _;

/// The templates of the chart.
pub(crate) const TEMPLATES: usize = 50;

/// The files of the chart, of which `edit` sets one key of the values.
pub(crate) fn files(edit: usize) -> Vec<(String, String)> {
    let mut files = vec![
        (
            "Chart.yaml".to_owned(),
            "apiVersion: v2\nname: shop\nversion: 1.2.3\nappVersion: \"4.5\"\n".to_owned(),
        ),
        ("values.yaml".to_owned(), values(edit)),
        ("templates/_helpers.tpl".to_owned(), HELPERS.to_owned()),
    ];
    files.extend((0..TEMPLATES).map(|index| {
        let text = template(index).replace("KEY", &format!("app{index:02}"));
        (format!("templates/app{index:02}.yaml"), text)
    }));
    files
}

/// The values, with a key that is another one for each `edit`.
pub(crate) fn values(edit: usize) -> String {
    let mut text = String::from(
        "global:\n  registry: registry.example.org\n  labels: {team: shop, part-of: store}\npodSecurityContext:\n  runAsNonRoot: true\n  seccompProfile: {type: RuntimeDefault}\ncomponents:\n",
    );
    for index in 0..TEMPLATES {
        let replicas = if index == 7 { 2 + edit % 5 } else { 2 };
        let _ = write!(
            text,
            "  app{index:02}:\n    replicas: {replicas}\n    image: {{repository: shop/app{index:02}, tag: \"1.{index}.0\"}}\n    port: {}\n    env:\n      LOG_LEVEL: info\n      PEER: http://app{:02}:8080\n    resources:\n      requests: {{cpu: 100m, memory: 128Mi}}\n      limits: {{memory: 256Mi}}\n    settings:\n      size: 10\n      names: [one, two, three]\n",
            8000 + index,
            (index + 1) % TEMPLATES,
        );
    }
    text
}

/// Six of ten are Deployments with a Service; the others are what a chart has beside them.
fn template(index: usize) -> &'static str {
    match index % 10 {
        0..6 => DEPLOYMENT,
        6 => CONFIG_MAP,
        7 => ACCOUNT,
        8 => POLICY,
        _ => BUDGET,
    }
}

const HELPERS: &str = r#"{{- define "shop.fullname" -}}
{{- printf "%s-%s" .root.Release.Name .key | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- define "shop.selector" -}}
app.kubernetes.io/name: {{ .key }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end -}}
{{- define "shop.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{ include "shop.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{- with .root.Values.global.labels }}
{{ toYaml . }}
{{- end }}
{{- end -}}
{{- define "shop.image" -}}
{{- $image := .values.image -}}
{{- printf "%s/%s:%s" .root.Values.global.registry $image.repository ($image.tag | default .root.Chart.AppVersion) -}}
{{- end -}}
"#;

const DEPLOYMENT: &str = r#"{{- $values := index .Values.components "KEY" }}
{{- $context := dict "root" . "key" "KEY" "values" $values }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "shop.fullname" $context }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "shop.labels" $context | nindent 4 }}
spec:
  replicas: {{ $values.replicas }}
  selector:
    matchLabels:
      {{- include "shop.selector" $context | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "shop.labels" $context | nindent 8 }}
      annotations:
        checksum/settings: {{ $values.settings | toJson | sha256sum }}
    spec:
      automountServiceAccountToken: false
      {{- with .Values.podSecurityContext }}
      securityContext:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      containers:
      - name: KEY
        image: {{ include "shop.image" $context | quote }}
        imagePullPolicy: {{ $values.image.pullPolicy | default "IfNotPresent" }}
        ports:
        - name: http
          containerPort: {{ $values.port }}
        env:
        {{- range $name, $value := $values.env }}
        - name: {{ $name }}
          value: {{ tpl $value $ | quote }}
        {{- end }}
        {{- if $values.probes | default true }}
        readinessProbe:
          httpGet: {path: /ready, port: http}
        livenessProbe:
          httpGet: {path: /live, port: http}
        {{- end }}
        resources:
          {{- toYaml $values.resources | nindent 10 }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ include "shop.fullname" $context }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "shop.labels" $context | nindent 4 }}
spec:
  selector:
    {{- include "shop.selector" $context | nindent 4 }}
  ports:
  - name: http
    port: 80
    targetPort: http
"#;

const CONFIG_MAP: &str = r#"{{- $values := index .Values.components "KEY" }}
{{- $context := dict "root" . "key" "KEY" "values" $values }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "shop.fullname" $context }}
  labels:
    {{- include "shop.labels" $context | nindent 4 }}
data:
  settings.yaml: |
    {{- toYaml $values.settings | nindent 4 }}
  {{- range $name, $value := $values.env }}
  {{ $name | lower }}: {{ $value | quote }}
  {{- end }}
"#;

const ACCOUNT: &str = r#"{{- $context := dict "root" . "key" "KEY" }}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "shop.fullname" $context }}
  labels:
    {{- include "shop.labels" $context | nindent 4 }}
automountServiceAccountToken: false
"#;

const POLICY: &str = r#"{{- $values := index .Values.components "KEY" }}
{{- $context := dict "root" . "key" "KEY" "values" $values }}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "shop.fullname" $context }}
spec:
  podSelector:
    matchLabels:
      {{- include "shop.selector" $context | nindent 6 }}
  policyTypes: [Ingress]
  ingress:
  - ports:
    - port: {{ $values.port }}
"#;

const BUDGET: &str = r#"{{- $values := index .Values.components "KEY" }}
{{- $context := dict "root" . "key" "KEY" "values" $values }}
{{- if gt (int $values.replicas) 1 }}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "shop.fullname" $context }}
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      {{- include "shop.selector" $context | nindent 6 }}
{{- end }}
"#;
