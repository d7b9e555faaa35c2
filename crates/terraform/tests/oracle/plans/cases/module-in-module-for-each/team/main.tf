variable "name" {}

variable "members" {
  type = list(string)
}

variable "quota" {
  type     = number
  default  = 10
  nullable = false
}

module "member" {
  source   = "../member"
  for_each = toset(var.members)
  name     = "${var.name}/${each.value}"
}

resource "terraform_data" "team" {
  count = length(var.members) > 0 ? 1 : 0
  input = { for k, m in module.member : k => m.name }
}

output "members" {
  value = { for k, m in module.member : k => m }
}

output "quota" {
  value = var.quota
}
