variable "encrypted" {
  type    = bool
  default = false # finding database-not-encrypted
}

variable "networks" {
  type = list(string)
}

variable "zone" {}

resource "aws_db_instance" "shop" {
  storage_encrypted = var.encrypted # via database-not-encrypted
}

resource "aws_security_group_rule" "ssh" {
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 22
  to_port           = 22
  security_group_id = "sg-1"
  cidr_blocks       = var.networks # via remote-login-open-to-internet
}

resource "aws_iam_policy" "all" {
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] # finding policy-allows-everything
  })
}
