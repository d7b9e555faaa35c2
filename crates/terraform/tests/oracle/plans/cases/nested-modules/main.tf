variable "regions" {
  default = { eu = 2, us = 1 }
}

module "region" {
  source   = "./region"
  for_each = var.regions
  name     = each.key
  zones    = each.value
}

resource "terraform_data" "summary" {
  for_each = module.region
  input    = { region = each.key, zones = each.value.zones, first = each.value.ids[0] }
}

output "names" {
  value = { for k, r in module.region : k => r.names }
}

output "flat" {
  value = flatten([for r in module.region : r.names])
}

output "ids" {
  value = module.region["eu"].ids
}

output "keys" {
  value = keys(module.region)
}

output "whole" {
  value = module.region["us"]
}

output "paths" {
  value = module.region["us"].paths
}
