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
  l1 = [for x in [for x in slice(concat(["s", var.name], var.items), 0, 2) : "${x}-${upper(var.password)}"] : x if x != var.options.first]
  l2 = "%{ for x in split("-", trimspace(" ${var.password} ")) }<${x}>%{ endfor }"
  l3 = sort(tolist(local.l1))
}

resource "terraform_data" "r4" {
  count = 0
  input = var.name != null
  triggers_replace = [tostring(var.size), 1]

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r5" {
  for_each = toset([{ v = substr("${var.options.first}-long", 0, 3) }, { v = "alpha" }][*].v)
  input = values(var.labels)

  lifecycle {
    ignore_changes = [input]
  }
}

resource "terraform_data" "r6" {
  count = min(3, max((var.enabled ? length(terraform_data.r4) : length(terraform_data.r4)), length(terraform_data.r4) * 2) % 3)
  input = max(length(tomap({ a = "1", b = "2" })), max(var.size, var.size))
  triggers_replace = [try(tomap({ a = jsonencode({ name = var.name, size = 7 }), c = lookup({ a = "m" }, "a", var.options.first) })["zz"], ""), 1]
}

locals {
  l7 = var.enabled
  l8 = zipmap(["a", "d"], [lookup(tomap({ a = "1", b = "2" }), "a", "%{ if var.enabled }yes%{ else }no%{ endif }"), ((var.name == var.options.first ? { v = one(["beta"]) } : { v = var.password }).v)])
  l9 = length(var.options.tags) * 2
  l10 = element(concat(["z"], [{ v = one([var.name]) }, { v = local.l2 }][*].v), 1)
}

module "m11" {
  source = "./a"
  for_each = { a = coalesce(var.options.first, "none") }
  name = ((local.l7 ? { v = each.value } : { v = each.key }).v)
  size = local.l9
  enabled = length(values(var.options.tags)) > 0
  items = compact([substr("${var.options.first}-long", 0, 3), ""])
  password = "%{ if (var.enabled || (local.l7 || var.enabled)) }yes%{ else }no%{ endif }"
  options = { first = "f-${""}", other = 1 }
}

module "m12" {
  source = "./a"
  count = min(3, length(slice(concat(["s", var.options.first], keys(terraform_data.r5)), 0, 2)))
  name = jsonencode([])
  enabled = startswith(one([var.options.first]), "p")
  items = concat(tolist(toset([var.options.first, "set"])), ["beta"])
  labels = var.labels
}

module "m13" {
  source = "./b"
  name = substr("${replace(one([var.name]), "a", "o")}-long", 0, 3)
  size = length(var.name)
  enabled = local.l7
  items = ["x", "y"]
  labels = tomap({ a = "%{ for x in split("-", var.options.first) }<${x}>%{ endfor }", c = coalesce(var.options.first, "none") })
  password = var.options.first
  options = { first = "f-${upper(var.options.first)}", other = 1 }
}

resource "terraform_data" "r14" {
  count = var.enabled ? 1 : 0
  input = { for k, v in local.l8 : "${k}-x" => v if k != "b" }

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l15 = module.m13.o15
  l16 = !(module.m13.o15)
}

output "o17" {
  value = "beta"
}

output "o18" {
  value = length(local.l8)
  sensitive = true
}

output "o19" {
  value = max((module.m13.o14 + module.m13.o14), max(length(terraform_data.r14), local.l9)) > length(terraform_data.r4)
}

output "o20" {
  value = concat(formatlist("%s!", flatten([local.l1, ["alpha"]])), local.l1)
  sensitive = true
}

output "o21" {
  value = merge(var.labels, { b = module.m13.o13 })
}

