# https://github.com/aquasecurity/trivy/issues/5912
# https://github.com/Checkmarx/kics/issues/4493
# https://github.com/Checkmarx/kics/issues/4833
locals {
  encrypted = false
  names     = ["orders"]
}

variable "flag" {
  default = false
}

module "store" {
  source = "./store"
  flag   = !var.flag
  names  = local.names
}

module "visits" {
  source = "./store"
  flag   = local.encrypted
  names  = concat(local.names, ["visits"])
}
