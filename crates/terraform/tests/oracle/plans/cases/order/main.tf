output "last" {
  value = local.z
}

locals {
  z = "${local.y}-z"
  y = "${module.m.out}-y"
}

module "m" {
  source     = "./m"
  in         = terraform_data.a.input
  depends_on = [terraform_data.b]
}

resource "terraform_data" "a" {
  input = var.v
}

resource "terraform_data" "b" {
  depends_on = [terraform_data.a]
  input      = resource.terraform_data.a.id
}

variable "v" {
  default = "v"
}
