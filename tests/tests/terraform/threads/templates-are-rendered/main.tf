# https://github.com/aquasecurity/trivy/issues/3506
locals {
  stores = yamldecode(templatefile("${path.module}/stores.yaml", { prefix = "shop", locked = true }))
}

module "store" {
  source   = "./store"
  for_each = local.stores
  name     = each.value.name
  locked   = each.value.locked
}
