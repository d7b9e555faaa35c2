//! The workspace that is typed in: 60,000 lines of Terraform with one root of 20,000, 30 charts of which one has 200 templates,
//! and 3,000 manifests.

use std::path::{Path, PathBuf};

/// The files of the workspace.
pub(crate) fn files() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    root(&mut files, "terraform/large", 20_000);
    for number in 0..20 {
        root(&mut files, &format!("terraform/small-{number}"), 2_000);
    }
    for number in 0..30 {
        chart(&mut files, number, if number == 0 { 200 } else { 7 });
    }
    for number in 0..1_000 {
        application(&mut files, number);
    }
    files
}

const VARIABLES: &str = r#"variable "prefix" {
  type    = string
  default = "shop"
}

variable "cidr" {
  type    = string
  default = "10.0.0.0/8"
}

locals {
  tags = { team = "shop", owner = var.prefix }
}
"#;

fn root(files: &mut Vec<(PathBuf, String)>, folder: &str, lines: usize) {
    let folder = Path::new(folder);
    files.push((folder.join("main.tf"), VARIABLES.to_owned()));
    let (mut written, mut number) = (0, 0);
    while written < lines {
        let text: String = (number..number + 15).map(service).collect();
        written += text.lines().count();
        files.push((folder.join(format!("part-{}.tf", number / 15)), text));
        number += 15;
    }
}

/// What one service needs, in 31 lines.
fn service(number: usize) -> String {
    format!(
        r#"
resource "aws_s3_bucket" "data_{number}" {{
  bucket = "${{var.prefix}}-data-{number}"
  tags   = local.tags
}}

resource "aws_s3_bucket_versioning" "data_{number}" {{
  bucket = aws_s3_bucket.data_{number}.id
  versioning_configuration {{
    status = "Enabled"
  }}
}}

resource "aws_security_group" "app_{number}" {{
  name = "app-{number}"
  ingress {{
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = [var.cidr]
  }}
}}

resource "aws_db_instance" "db_{number}" {{
  identifier        = "db-{number}"
  engine            = "postgres"
  instance_class    = "db.t3.micro"
  storage_encrypted = true
}}
"#
    )
}

fn chart(files: &mut Vec<(PathBuf, String)>, number: usize, templates: usize) {
    let folder = PathBuf::from(format!("charts/chart-{number}"));
    let chart = format!("apiVersion: v2\nname: chart-{number}\nversion: 1.0.0\n");
    files.push((folder.join("Chart.yaml"), chart));
    let values = "image:\n  repository: app\n  tag: '1'\nprivileged: false\nreplicas: 2\n";
    files.push((folder.join("values.yaml"), values.to_owned()));
    let helpers = "{{- define \"labels\" }}\napp.kubernetes.io/name: {{ .Chart.Name }}\napp.kubernetes.io/instance: {{ .Release.Name }}\n{{- end }}\n";
    files.push((folder.join("templates/_helpers.tpl"), helpers.to_owned()));
    for template in 0..templates {
        let path = folder.join(format!("templates/deployment-{template}.yaml"));
        files.push((path, deployment_template(template)));
    }
}

fn deployment_template(number: usize) -> String {
    format!(
        r#"apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{{{ .Release.Name }}}}-{number}
  labels: {{{{- include "labels" . | nindent 4 }}}}
spec:
  replicas: {{{{ .Values.replicas }}}}
  selector:
    matchLabels: {{app: app-{number}}}
  template:
    metadata:
      labels: {{app: app-{number}}}
    spec:
      hostPID: false
      containers:
        - name: main
          image: "{{{{ .Values.image.repository }}}}:{{{{ .Values.image.tag }}}}"
          securityContext:
            privileged: {{{{ .Values.privileged }}}}
"#
    )
}

/// A deployment with its service and account.
fn application(files: &mut Vec<(PathBuf, String)>, number: usize) {
    let team = number % 50;
    let folder = PathBuf::from(format!("manifests/team-{team}/app-{number}"));
    let deployment = format!(
        r"apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-{number}
  namespace: team-{team}
spec:
  selector: {{matchLabels: {{app: app-{number}}}}}
  template:
    metadata:
      labels: {{app: app-{number}}}
    spec:
      serviceAccountName: app-{number}
      hostPID: false
      containers:
        - name: main
          image: registry.example.com/app:{number}
          resources:
            limits: {{cpu: 100m, memory: 64Mi}}
"
    );
    let service = format!(
        "apiVersion: v1\nkind: Service\nmetadata: {{name: app-{number}, namespace: team-{team}}}\nspec:\n  selector: {{app: app-{number}}}\n  ports: [{{port: 80}}]\n"
    );
    let account = format!(
        "apiVersion: v1\nkind: ServiceAccount\nmetadata: {{name: app-{number}, namespace: team-{team}}}\n"
    );
    files.push((folder.join("deployment.yaml"), deployment));
    files.push((folder.join("service.yaml"), service));
    files.push((folder.join("account.yaml"), account));
}
