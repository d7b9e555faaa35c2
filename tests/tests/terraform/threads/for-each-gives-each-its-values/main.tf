# https://github.com/aquasecurity/trivy/issues/7611
# https://github.com/Checkmarx/kics/issues/5175
# https://github.com/Checkmarx/kics/issues/4153
# https://github.com/Checkmarx/kics/issues/3772
locals {
  offices = ["10.1.0.0/16", "10.2.0.0/16"]
  groups = {
    web   = { port = 443, from = ["0.0.0.0/0"] }
    admin = { port = 22, from = local.offices }
    test  = { port = 22, from = ["0.0.0.0/0"] } # finding remote-login-open-to-internet: "0.0.0.0/0"
  }
}

resource "aws_security_group" "all" {
  for_each    = local.groups
  name        = "${each.key}-${replace(each.value.from[0], "/", "_")}"
  description = each.key
}

resource "aws_security_group_rule" "all" { # pass remote-login-open-to-internet
  for_each          = aws_security_group.all
  type              = "ingress"
  protocol          = "tcp"
  from_port         = local.groups[each.key].port
  to_port           = local.groups[each.key].port
  cidr_blocks       = local.groups[each.key].from
  security_group_id = each.value.id
}

resource "aws_security_group_rule" "offices" { # pass remote-login-open-to-internet
  for_each          = toset(local.offices)
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_blocks       = [each.value]
  security_group_id = aws_security_group.all["admin"].id
}
