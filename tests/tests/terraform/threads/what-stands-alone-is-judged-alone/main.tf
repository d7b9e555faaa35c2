# https://github.com/aquasecurity/trivy-checks/pull/494
# https://github.com/aquasecurity/trivy-checks/pull/298
# https://github.com/aquasecurity/trivy-checks/pull/299
variable "account" {}
variable "group" {}
variable "bucket" {}

resource "azurerm_storage_account_network_rules" "office" { # pass storage-open-to-all-networks
  storage_account_id = var.account
  default_action     = "Deny"
  ip_rules           = ["192.0.2.1"]
}

resource "azurerm_storage_container" "files" {
  name               = "files"
  storage_account_id = var.account
}

resource "aws_security_group_rule" "web" { # pass remote-login-open-to-internet
  type              = "ingress"
  description       = "web"
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["0.0.0.0/0"]
  security_group_id = var.group
}

resource "aws_s3_bucket_public_access_block" "files" { # pass public-access-not-blocked
  bucket                  = var.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
