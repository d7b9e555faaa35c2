# https://github.com/terraform-aws-modules/terraform-aws-iam/issues/494
variable "encrypted" {
  type = bool
}

variable "networks" {
  type = list(string)
}

resource "aws_db_instance" "this" { # unknown database-not-encrypted
  storage_encrypted = var.encrypted
}

resource "aws_security_group" "this" { # unknown remote-login-open-to-internet
  description = "a group"
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = var.networks
  }
}

resource "aws_rds_cluster" "this" {
  storage_encrypted = false # finding database-not-encrypted: false
}
