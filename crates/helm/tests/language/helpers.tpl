{{ define "h" }}<{{ . }}>{{ end }}
{{ define "two" }}{{ include "h" . }}|{{ template "h" . }}{{ end }}
{{ define "bad" }}x
 {{ .a.b.c }}{{ end }}
{{- define "loop" }}{{ include "loop" . }}{{ end }}
{{ define "tloop" }}{{ template "tloop" . }}{{ end }}
{{ define "fails" }}{{ fail "no way" }}{{ end }}
{{ define "parts" }}{{ range . }}{{ . }},{{ end }}
{{ end }}
