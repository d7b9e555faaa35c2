module "two" {
  source = "./module"
  count  = 2
}

variable "off" {
  default = false // scantling:ignore database-not-encrypted it is what we want by default
}

resource "aws_db_instance" "variable" {
  storage_encrypted = var.off
}

resource "aws_db_instance" "use" {
  # scantling:ignore database-not-encrypted it holds nothing
  storage_encrypted = local.off
}

locals {
  off = false
}

/* scantling:ignore database-not-encrypted a copy of public data */
resource "aws_rds_cluster" "block" {
}

#tfsec:ignore:AVD-AWS-0080
resource "aws_rds_cluster" "trivy" {
}

resource "aws_security_group" "trivy" {
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"] #trivy:ignore:AWS-0107
  }
}

module "quiet" {
  source = "./quiet"
  #checkov:skip=CKV_AWS_16:it holds nothing
}

# Checkov's comment is for one call of a module and all that it makes, not for what another call makes.
module "a_quiet_shared" {
  #checkov:skip=CKV_AWS_16:it holds nothing
  source = "./shared"
}

module "judged_shared" {
  source = "./shared"
}
