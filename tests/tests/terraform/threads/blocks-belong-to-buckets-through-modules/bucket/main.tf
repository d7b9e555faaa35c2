variable "name" {}

variable "create" {
  default = true
}

variable "acls" {
  default = false
}

variable "policy" {
  default = false
}

locals {
  blocks = var.create && (var.acls || var.policy)
}

resource "aws_s3_bucket" "this" { # finding bucket-without-public-access-block: resource "aws_s3_bucket" "this" # pass bucket-without-public-access-block
  count  = var.create ? 1 : 0
  bucket = var.name
}

resource "aws_s3_bucket_policy" "this" {
  count  = 0
  bucket = aws_s3_bucket.this[0].id
}

resource "aws_s3_bucket_public_access_block" "this" { # pass public-access-not-blocked
  count                   = local.blocks ? 1 : 0
  bucket                  = try(aws_s3_bucket_policy.this[0].id, aws_s3_bucket.this[0].id)
  block_public_acls       = var.acls
  block_public_policy     = var.policy
  ignore_public_acls      = true
  restrict_public_buckets = true
}
