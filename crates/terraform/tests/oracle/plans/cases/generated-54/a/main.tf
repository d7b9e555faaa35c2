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
  l1 = tomap({ a = "1", b = "2" })
  l2 = (var.size + var.size)
}

resource "terraform_data" "r3" {
  for_each = { a = trimspace(" ${one([var.options.first])} ") }
  input = length(var.items)
}

resource "terraform_data" "r4" {
  for_each = zipmap(["a", "d"], [one([var.options.first]), "%{ if var.enabled }yes%{ else }no%{ endif }"])
  input = try(var.options.tags["zz"], "")
}

locals {
  l5 = can((var.enabled ? tomap(var.labels) : tomap({ e = var.options.first })).a)
  l6 = tolist(["alpha", coalesce(var.password, "none")])
  l7 = { for k, r in terraform_data.r3 : k => r.id }
  l8 = !(var.enabled)
}

module "m9" {
  source = "./a"
  for_each = toset(slice(concat(["s", var.options.first], compact([var.options.first, ""])), 0, 2))
  name = coalesce(each.value, "none")
  size = local.l2 % 3 % 3
  enabled = "p-${each.value}" == (7 > 2 ? var.options.first : substr("${each.key}-long", 0, 3))
  items = [for x in keys(terraform_data.r4) : x if x != "alpha"]
  password = substr("${"${"${"Grüße"}-${var.size}"}-${1 * 2}"}-long", 0, 3)
}

resource "terraform_data" "r10" {
  for_each = toset(compact([var.options.first, ""]))
  input = false
  triggers_replace = ["p-${one([trimspace(" ${each.value} ")])}", 1]
}

locals {
  l11 = startswith(var.password, "p")
  l12 = "Grüße"
  l13 = (var.enabled && local.l11)
}

output "o14" {
  value = "p-${jsonencode({ name = join("-", keys(terraform_data.r3)), size = local.l2 })}"
}

output "o15" {
  value = sum([sum([var.size, 1]) * 2, 1])
}

output "o16" {
  value = "%{ for x in var.items }<${x}>%{ endfor }" == jsonencode({ name = local.l12, size = local.l2 })
}

output "o17" {
  value = keys(terraform_data.r3)
}

output "o18" {
  value = { for i, x in keys(terraform_data.r10) : "k${i}" => x }
}

