variable "buckets" {}

resource "aws_s3_bucket_public_access_block" "all" { # pass public-access-not-blocked
  for_each                = var.buckets
  bucket                  = each.value
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
