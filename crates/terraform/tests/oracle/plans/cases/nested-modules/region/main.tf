variable "name" {
  type = string
}

variable "zones" {
  type = number
}

module "zone" {
  source = "./zone"
  count  = var.zones
  name   = "${var.name}-${count.index}"
}

resource "terraform_data" "region" {
  input = module.zone[*].name
}

output "names" {
  value = module.zone[*].name
}

output "ids" {
  value = module.zone[*].id
}

output "zones" {
  value = length(module.zone)
}

output "paths" {
  value = concat([path.module, path.root], module.zone[0].paths)
}
