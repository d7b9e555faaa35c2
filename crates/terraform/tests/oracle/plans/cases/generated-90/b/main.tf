variable "name" {
  type    = string
  default = "named"
}

variable "size" {
  default = 3
}

variable "enabled" {
  type     = bool
  default  = true
  nullable = false
}

variable "items" {
  type    = list(string)
  default = ["i", "j"]
}

variable "labels" {
  type    = map(string)
  default = { a = "la", b = "lb" }
}

variable "password" {
  type      = string
  default   = "secret"
  sensitive = true
}

variable "options" {
  type = object({
    first  = optional(string, "one")
    second = optional(number)
    tags   = optional(map(string), { t = "tag" })
  })
  default = {}

  validation {
    condition     = var.options.first != "bad"
    error_message = "The first option is bad."
  }
}

locals {
  l1 = var.enabled
  l2 = length(tomap({ a = tostring(var.size), c = try(tomap({ a = "1", b = "2" })["zz"], var.name) }))
  l3 = var.options.first
  l4 = one([element(concat(["z"], keys({})), 1)])
}

resource "terraform_data" "r5" {
  input = sum([(var.size + local.l2), 1]) % 3
}

locals {
  l6 = var.options.tags
  l7 = terraform_data.r5.output
  l8 = upper("beta")
}

module "m9" {
  source = "./a"
  enabled = length(var.items) > 0
  items = slice(concat(["s", local.l3], var.items), 0, 2)
  labels = zipmap(["a", "d"], ["%{ for x in [] }<${x}>%{ endfor }", jsonencode({ name = "alpha", size = 0 })])
  password = coalesce(local.l3, "none")
}

module "m10" {
  source = "./a"
  name = lookup(zipmap(["a", "d"], [((module.m9.o9 ? { v = local.l8 } : { v = local.l4 }).v), "%{ if module.m9.o9 }yes%{ else }no%{ endif }"]), "a", jsonencode(module.m9.o10))
  size = local.l2
  items = [for k, v in tomap({ a = local.l4, c = trimspace(" ${local.l8} ") }) : "${k}=${v}"]
  labels = var.labels
  password = trimspace(" ${trimspace(" ${local.l3} ")} ")
}

resource "terraform_data" "r11" {
  input = lookup({ for k, v in { a = module.m9.o7 } : "${k}-x" => v if k != "b" }, "a", ((module.m10.o9 ? { v = join("-", module.m9.o10) } : { v = local.l3 }).v))
  triggers_replace = [((module.m10.o9 ? { v = var.name } : { v = local.l3 }).v), 1]
}

locals {
  l12 = module.m9.o10
}

output "o13" {
  value = local.l3
}

output "o14" {
  value = sum([local.l7, 1])
}

output "o15" {
  value = !(local.l1)
}

output "o16" {
  value = [for x in split("-", jsonencode(module.m9.o10)) : x if x != join("-", compact([var.options.first, ""]))]
}

output "o17" {
  value = { a = upper("${module.m9.o7}-${local.l2}") }
}

