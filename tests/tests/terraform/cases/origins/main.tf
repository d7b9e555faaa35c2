# Where a value is set decides where a finding stands, whatever it comes through.
variable "acls" {
  type    = bool
  default = true
}

variable "restrict" {
  type = bool
}

locals {
  policy = false # finding public-access-not-blocked
  rule   = { networks = ["0.0.0.0/0"] } # finding remote-login-open-to-internet
}

module "logs" {
  source   = "./modules/bucket"
  acls     = var.acls
  policy   = local.policy # via public-access-not-blocked
  restrict = var.restrict # via public-access-not-blocked
}

module "network" {
  source  = "example.org/shop/network/aws"
  version = "1.0.0"
}

resource "aws_security_group" "web" {
  vpc_id = module.network.id

  dynamic "ingress" {
    for_each = toset([22])
    content {
      protocol    = "tcp"
      from_port   = ingress.value
      to_port     = ingress.value
      cidr_blocks = local.rule.networks # via remote-login-open-to-internet
    }
  }
}
