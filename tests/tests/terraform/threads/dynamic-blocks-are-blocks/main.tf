# https://github.com/aquasecurity/trivy/issues/5902
# https://github.com/mondoohq/mql/issues/9077
locals {
  doors = [
    { port = 443, from = "0.0.0.0/0" },
    { port = 22, from = "0.0.0.0/0" }, # finding remote-login-open-to-internet: "0.0.0.0/0"
    { port = 22, from = "10.0.0.0/8" },
  ]
}

resource "aws_security_group" "web" {
  description = "web"

  dynamic "ingress" {
    for_each = local.doors
    iterator = door
    content {
      protocol    = "tcp"
      from_port   = door.value.port
      to_port     = door.value["port"]
      cidr_blocks = [door.value.from]
    }
  }
}

resource "aws_security_group" "inner" { # pass remote-login-open-to-internet
  description = "inner"

  dynamic "ingress" {
    for_each = { for index, door in local.doors : index => door if door.from != "0.0.0.0/0" }
    content {
      protocol    = "tcp"
      from_port   = ingress.value.port
      to_port     = ingress.value.port
      cidr_blocks = [ingress.value.from]
    }
  }
}
