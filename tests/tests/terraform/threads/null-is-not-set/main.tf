# https://github.com/aquasecurity/trivy/issues/4780
variable "encrypted" {
  type    = bool
  default = null # finding database-not-encrypted: null
}

resource "aws_db_instance" "orders" {
  storage_encrypted = var.encrypted
}

module "default" {
  source    = "./store"
  encrypted = null
}

resource "aws_s3_bucket" "files" { # pass bucket-without-versioning
  bucket = "files"
}

resource "aws_s3_bucket_versioning" "files" {
  bucket                = coalesce(null, aws_s3_bucket.files.id)
  expected_bucket_owner = null
  mfa                   = null
  versioning_configuration {
    status     = "Enabled"
    mfa_delete = null
  }
}
