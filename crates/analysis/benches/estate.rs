//! A seeded generator of an estate of Terraform: the same scale and seed give the same bytes everywhere.

use std::fmt::Write as _;

use crate::corpus::Random;

/// The modules of the smallest estate: 16 times as many are 400.
const SMALLEST: usize = 25;

/// The roots of the smallest estate; each calls modules with `for_each`.
const ROOTS: usize = 1;

/// Files of an estate. At 16 times: 400 modules and 16 roots with about 60,000 lines, of which the roots make 3,000 resources
/// and more, all of them by `for_each`. Of one resource in ten, something is wrong.
pub(crate) fn files(scale: usize, seed: u64) -> Vec<(String, String)> {
    let mut random = Random::new(seed);
    let modules = SMALLEST * scale;
    let roots = ROOTS * scale;
    let mut files = Vec::new();
    for index in 0..modules {
        let folder = format!("modules/m{index:03}");
        files.push((format!("{folder}/variables.tf"), variables()));
        files.push((format!("{folder}/main.tf"), module(index, &mut random)));
        files.push((format!("{folder}/outputs.tf"), outputs()));
    }
    for root in 0..roots {
        let called = (root..modules).step_by(roots);
        let folder = format!("roots/r{root:02}");
        files.push((format!("{folder}/main.tf"), root_module(called)));
        files.push((format!("{folder}/terraform.tfvars"), values(root)));
    }
    files
}

fn variables() -> String {
    let mut text = String::new();
    for (name, ty, default) in [
        ("name", "string", None),
        ("environment", "string", Some("\"dev\"")),
        (
            "networks",
            "map(object({ cidr = string, public = optional(bool, false) }))",
            None,
        ),
        ("retention", "number", Some("30")),
        ("encrypted", "bool", Some("true")),
        ("tags", "map(string)", Some("{}")),
        ("ports", "list(number)", Some("[443, 8443]")),
    ] {
        let _ = write!(
            text,
            "variable \"{name}\" {{\n  description = \"The {name} of what this module makes.\"\n  type        = {ty}\n"
        );
        if let Some(default) = default {
            let _ = writeln!(text, "  default     = {default}");
        }
        text.push_str("}\n\n");
    }
    text.push_str("locals {\n  prefix = lower(\"${var.name}-${var.environment}\")\n  tags = merge(var.tags, {\n    Name        = local.prefix\n    Environment = var.environment\n    ManagedBy   = \"terraform\"\n  })\n  public = { for key, network in var.networks : key => network if network.public }\n}\n");
    text
}

fn module(index: usize, random: &mut Random) -> String {
    let mut text = String::new();
    bucket(&mut text, random);
    group(&mut text, random);
    database(&mut text, random);
    policy(&mut text, index, random);
    text
}

fn bucket(text: &mut String, random: &mut Random) {
    let block = if random.chance(10) { "false" } else { "true" };
    let _ = write!(
        text,
        r#"resource "aws_s3_bucket" "logs" {{
  for_each = var.networks
  bucket   = "${{local.prefix}}-${{each.key}}-logs"
  tags     = local.tags
}}

resource "aws_s3_bucket_public_access_block" "logs" {{
  for_each                = aws_s3_bucket.logs
  bucket                  = each.value.id
  block_public_acls       = {block}
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}}

resource "aws_s3_bucket_versioning" "logs" {{
  for_each = aws_s3_bucket.logs
  bucket   = each.value.id
  versioning_configuration {{
    status = "Enabled"
  }}
}}

resource "aws_s3_bucket_lifecycle_configuration" "logs" {{
  for_each = aws_s3_bucket.logs
  bucket   = each.value.id
  rule {{
    id     = "expire-${{each.key}}"
    status = "Enabled"
    expiration {{
      days = max(var.retention, 7)
    }}
    noncurrent_version_expiration {{
      noncurrent_days = var.retention
    }}
  }}
}}

"#
    );
}

fn group(text: &mut String, random: &mut Random) {
    let source = if random.chance(10) {
        "[\"0.0.0.0/0\"]"
    } else {
        "[each.value.cidr]"
    };
    let _ = write!(
        text,
        r#"resource "aws_security_group" "service" {{
  for_each    = var.networks
  name        = format("%s-%s", local.prefix, each.key)
  description = "The service in the network ${{each.key}}"
  tags        = local.tags

  dynamic "ingress" {{
    for_each = toset([for port in var.ports : tostring(port)])
    content {{
      description = "port ${{ingress.value}}"
      protocol    = "tcp"
      from_port   = tonumber(ingress.value)
      to_port     = tonumber(ingress.value)
      cidr_blocks = {source}
    }}
  }}

  egress {{
    description = "everything inside"
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = [for index in range(2) : cidrsubnet(each.value.cidr, 4, index)]
  }}
}}

"#
    );
}

fn database(text: &mut String, random: &mut Random) {
    let encrypted = if random.chance(10) {
        "false"
    } else {
        "var.encrypted"
    };
    let _ = write!(
        text,
        r#"resource "aws_db_instance" "main" {{
  for_each                = {{ for key, network in var.networks : key => network if !network.public }}
  identifier              = "${{local.prefix}}-${{each.key}}"
  engine                  = "postgres"
  instance_class          = var.environment == "prod" ? "db.m6g.large" : "db.t4g.micro"
  allocated_storage       = 20
  storage_encrypted       = {encrypted}
  backup_retention_period = var.retention
  vpc_security_group_ids  = [aws_security_group.service[each.key].id]
  tags                    = merge(local.tags, {{ Tier = "data" }})
}}

"#
    );
}

fn policy(text: &mut String, index: usize, random: &mut Random) {
    let _ = write!(
        text,
        r#"data "aws_iam_policy_document" "read" {{
  for_each = aws_s3_bucket.logs
  statement {{
    sid       = "Read{index}"
    actions   = ["s3:GetObject", "s3:ListBucket"]
    resources = [each.value.arn, "${{each.value.arn}}/*"]
    condition {{
      test     = "StringEquals"
      variable = "aws:PrincipalTag/team"
      values   = ["team-{team}"]
    }}
  }}
}}

resource "aws_iam_policy" "read" {{
  for_each = aws_s3_bucket.logs
  name     = "${{local.prefix}}-${{each.key}}-read"
  policy   = data.aws_iam_policy_document.read[each.key].json
}}

resource "aws_iam_role" "service" {{
  for_each = var.networks
  name     = "${{local.prefix}}-${{each.key}}"
  assume_role_policy = jsonencode({{
    Version = "2012-10-17"
    Statement = [{{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = {{ Service = "ecs-tasks.amazonaws.com" }}
    }}]
  }})
  tags = local.tags
}}

"#,
        team = random.below(40),
    );
}

fn outputs() -> String {
    let outputs = [
        (
            "buckets",
            "{ for key, bucket in aws_s3_bucket.logs : key => bucket.arn }",
        ),
        ("groups", "values(aws_security_group.service)[*].id"),
        ("prefix", "local.prefix"),
    ];
    outputs
        .iter()
        .map(|(name, value)| format!("output \"{name}\" {{\n  value = {value}\n}}\n\n"))
        .collect()
}

/// A root that calls modules; each takes a name from the one before it.
fn root_module(called: impl Iterator<Item = usize>) -> String {
    let mut text = String::from(
        "variable \"environment\" {\n  type = string\n}\n\nvariable \"networks\" {\n  type = map(object({ cidr = string, public = optional(bool) }))\n}\n\n",
    );
    let mut before: Option<usize> = None;
    for index in called {
        let name = match before {
            Some(before) => format!("\"s{index}-${{length(module.m{before:03}.groups)}}\""),
            None => format!("\"s{index}\""),
        };
        let _ = write!(
            text,
            "module \"m{index:03}\" {{\n  source      = \"../../modules/m{index:03}\"\n  name        = {name}\n  environment = var.environment\n  networks    = var.networks\n  tags        = {{ Module = \"m{index:03}\" }}\n}}\n\n"
        );
        before = Some(index);
    }
    text
}

fn values(root: usize) -> String {
    format!(
        "environment = \"{}\"\nnetworks = {{\n  main = {{ cidr = \"10.{root}.0.0/16\" }}\n}}\n",
        if root.is_multiple_of(2) {
            "prod"
        } else {
            "dev"
        }
    )
}
