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
  l1 = var.items
}

resource "terraform_data" "r2" {
  for_each = tomap({ a = var.options.first, c = ((false ? { v = var.options.first } : { v = var.options.first }).v) })
  input = "%{ if var.enabled }yes%{ else }no%{ endif }"
}

resource "terraform_data" "r3" {
  input = merge({ for k, v in { for k, v in var.options.tags : "${k}-x" => v if k != "b" } : "${k}-x" => v if k != "b" }, { b = jsonencode([{ v = var.password }, { v = var.name }][*].v) })

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l4 = [{ v = terraform_data.r3.id }, { v = var.password }][*].v
  l5 = { for k, v in zipmap(["a", "d"], [terraform_data.r3.id, var.options.first]) : "${k}-x" => v if k != "b" }
  l6 = (false && var.enabled)
  l7 = max((length(terraform_data.r3.id) + sum([var.size, 1])), length([for x in ["x", "y"] : x if x != "Grüße"]))
}

module "m8" {
  source = "./a"
  name = jsonencode({ name = "alpha", size = 2 })
  size = var.size % 3
  enabled = contains(slice(concat(["s", var.options.first], []), 0, 2), ((var.enabled ? { v = var.options.first } : { v = var.options.first }).v))
  items = var.items
  labels = { for i, x in keys(var.labels) : "k${i}" => x }
  password = format("%s/%03d", substr("${terraform_data.r3.id}-long", 0, 3), length(local.l1))
}

module "m9" {
  source = "./a"
  name = format("%s/%03d", var.options.first, var.size)
  enabled = !(!(local.l6))
  items = tolist([upper(""), var.options.first])
  labels = var.labels
  password = replace(var.name, "a", "o")
}

resource "terraform_data" "r10" {
  for_each = zipmap(["a", "d"], ["beta", try(var.labels["zz"], var.options.first)])
  input = zipmap(["a", "d"], [each.key, ""])
  triggers_replace = [replace(var.name, "a", "o"), 1]
}

locals {
  l11 = module.m9.o14
  l12 = coalesce(var.options.first, "none")
  l13 = "%{ if "${local.l12}-${0}" == "p-${var.options.first}" }yes%{ else }no%{ endif }"
  l14 = terraform_data.r3.id == "beta"
}

output "o15" {
  value = (((module.m9.o15 ? module.m8.o14 : module.m8.o14) > (local.l7 + module.m9.o14) ? { v = join("-", []) } : { v = var.options.first }).v)
}

output "o16" {
  value = length([for x in tolist(toset([var.password, "set"])) : "${x}-${((module.m8.o15 ? { v = var.options.first } : { v = var.password }).v)}"])
  sensitive = true
}

output "o17" {
  value = local.l12 == var.password
  sensitive = true
}

output "o18" {
  value = [{ v = module.m9.o13 }, { v = var.name }][*].v
  sensitive = true
}

output "o19" {
  value = merge(tomap({ a = replace("beta", "a", "o"), c = "%{ for x in values(terraform_data.r2)[*].input }<${x}>%{ endfor }" }), { b = coalesce("%{ if module.m9.o15 }yes%{ else }no%{ endif }", "none") })
}

