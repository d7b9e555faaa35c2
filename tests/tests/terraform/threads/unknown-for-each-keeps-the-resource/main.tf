# https://github.com/aquasecurity/trivy/issues/7099
variable "teams" {
  type = set(string)
}

resource "aws_s3_bucket" "team" { # finding bucket-without-public-access-block: resource "aws_s3_bucket" "team"
  for_each = var.teams
  bucket   = "team-${each.key}"
}

resource "aws_db_instance" "team" {
  for_each          = toset([for team in var.teams : upper(team)])
  storage_encrypted = false # finding database-not-encrypted: false
}

data "aws_subnets" "private" {}

resource "aws_rds_cluster" "reader" { # pass database-not-encrypted
  for_each          = toset(data.aws_subnets.private.ids)
  storage_encrypted = true
}
