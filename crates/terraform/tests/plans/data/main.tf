variable "suffix" {
  default = "x"
}

variable "password" {
  default   = "for-tests-only"
  sensitive = true
}

resource "terraform_data" "first" {
  input = {
    name    = "logs"
    size    = 20
    enabled = true
    tags    = ["a", "b"]
    nothing = null
  }
}

resource "terraform_data" "second" {
  count            = 2
  input            = terraform_data.first.id
  triggers_replace = ["${terraform_data.first.id}-${var.suffix}", count.index]
}

resource "terraform_data" "third" {
  count = 2
  input = terraform_data.second[count.index].id
}

resource "terraform_data" "secret" {
  input = { user = "admin", password = var.password }
}

data "terraform_remote_state" "before" {
  backend = "local"
  config  = { path = "before.tfstate" }
}

module "m" {
  source   = "./m"
  for_each = toset(["a.b", "c"])
  name     = each.key
  id       = terraform_data.first.id
}

resource "terraform_data" "last" {
  input = module.m["c"].inner
}

output "id" {
  value = terraform_data.first.id
}
