# https://github.com/bridgecrewio/checkov/issues/6982
# https://github.com/bridgecrewio/checkov/issues/6135
# https://github.com/bridgecrewio/checkov/issues/5028
# https://github.com/bridgecrewio/checkov/issues/7106
# https://github.com/bridgecrewio/checkov/issues/2327
locals {
  names = toset(["orders", "visits"])
}

module "looped" {
  source   = "./bucket"
  for_each = local.names
  name     = each.key
  acls     = true
  policy   = true
}

module "open" {
  source = "./bucket"
  name   = "open"
}

resource "aws_s3_bucket" "logs" { # pass bucket-without-public-access-block
  for_each = local.names
  bucket   = "${each.key}-logs"
}

module "lock" {
  source  = "./lock"
  buckets = { for name, bucket in aws_s3_bucket.logs : name => bucket.id }
}
