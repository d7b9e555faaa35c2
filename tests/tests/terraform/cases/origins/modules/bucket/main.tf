variable "acls" {}
variable "policy" {}
variable "restrict" {}
variable "ignore" {
  default = false # finding public-access-not-blocked
}

resource "aws_s3_bucket" "this" {
  bucket_prefix = "logs"
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket                  = aws_s3_bucket.this.id
  block_public_acls       = var.acls
  block_public_policy     = var.policy   # via public-access-not-blocked
  ignore_public_acls      = var.ignore   # via public-access-not-blocked
  restrict_public_buckets = var.restrict # via public-access-not-blocked
}
