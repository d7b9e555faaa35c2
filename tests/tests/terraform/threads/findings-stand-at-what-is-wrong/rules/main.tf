variable "ports" {}

variable "networks" {
  default = {}
}

resource "aws_security_group_rule" "all" { # pass remote-login-open-to-internet
  for_each          = var.ports
  type              = "ingress"
  protocol          = "tcp"
  from_port         = each.value
  to_port           = each.value
  cidr_blocks       = [var.networks[each.key]]
  security_group_id = "sg-1"
}
