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
  l1 = !(length(var.password) > var.size % 3)
  l2 = { for i, x in var.items : "k${i}" => x }
  l3 = contains(var.items, var.password)
}

resource "terraform_data" "r4" {
  count = min(3, 7 * 2)
  input = max(sum([1, 1]), var.size) > count.index
}

locals {
  l5 = var.items
  l6 = local.l2
}

module "m7" {
  source = "./a"
  for_each = toset(distinct(tolist(var.items)))
  size = var.size
  enabled = var.options.first != null
  items = concat(tolist(["l"]), var.items)
  password = join("-", split("-", upper(var.password)))
  options = { first = "f-${trimspace(" ${var.options.first} ")}", other = 1 }
}

module "m8" {
  source = "./a"
  for_each = toset(distinct(tolist(local.l5)))
  size = var.size
  labels = (can({ a = var.options.first, b = each.value }.a) ? tomap(zipmap(["a", "d"], [coalesce(var.options.first, "none"), "%{ if true }yes%{ else }no%{ endif }"])) : tomap({ e = lookup({ a = each.key, b = each.value }, "a", "%{ for x in var.items }<${x}>%{ endfor }") }))
  options = { first = "f-${each.key}", other = 1 }
}

resource "terraform_data" "r9" {
  for_each = toset(keys(merge(tomap({ a = var.options.first, c = var.options.first }), { b = trimspace(" ${var.options.first} ") })))
  input = length({ a = var.name, b = each.value })
  triggers_replace = [each.value, 1]
}

locals {
  l10 = var.enabled
  l11 = startswith(element(concat(["z"], tolist(toset([var.name, "set"]))), 1), "p")
  l12 = { for i, x in keys(zipmap(["a", "d"], [var.name, var.name])) : "k${i}" => x }
}

output "o13" {
  value = var.options.first
}

output "o14" {
  value = (length(terraform_data.r4) + sum([var.size * 2, 1]))
}

output "o15" {
  value = local.l10
}

output "o16" {
  value = var.items
}

output "o17" {
  value = (local.l11 ? tomap(zipmap(["a", "d"], [var.name, "beta"])) : tomap({ e = coalesce("beta", "none") }))
}

