module "a" {
  source = "./shared"
  name   = "a"
}

module "b" {
  source = "./shared"
  name   = module.a.greeting
  more   = module.a.object.list
}

module "c" {
  source = "./shared"
  count  = length(module.b.object.list)
  name   = "c${count.index}"
  more   = [module.b.id]
}

module "off" {
  source = "./shared"
  count  = 0
  name   = "off"
}

locals {
  all = concat([module.a, module.b], module.c)
}

output "greetings" {
  value = local.all[*].greeting
}

output "objects" {
  value = [for m in local.all : m.object]
}

output "off" {
  value = [module.off, one(module.off[*].greeting), try(module.off[0].greeting, "none")]
}

output "unknown" {
  value = module.c[0].object.list
}

resource "terraform_data" "uses" {
  for_each = { for m in local.all : m.greeting => m.object }
  input    = each.value.list
}
