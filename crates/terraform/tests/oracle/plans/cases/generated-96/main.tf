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
  l2 = var.size
  l3 = (0 + length(merge(var.labels, { b = var.password })))
  l4 = (local.l3 + (!(var.enabled) ? local.l3 % 3 : var.size * 2))
}

resource "terraform_data" "r5" {
  count = min(3, max((2 + 2), (var.enabled ? length(local.l1) : 1)))
  input = count.index
}

resource "terraform_data" "r6" {
  for_each = toset(var.items)
  input = terraform_data.r5[*].id
}

locals {
  l7 = distinct(tolist(split("-", replace(var.options.first, "a", "o"))))
  l8 = jsonencode(tolist([var.name, var.name]))
  l9 = { a = "m" }
  l10 = length(terraform_data.r5) * 2
}

module "m11" {
  source = "./a"
  count = 3
  name = "p-${var.options.first}"
  enabled = contains(var.items, var.options.first)
  labels = tomap({ a = "1", b = "2" })
  password = substr("${var.password}-long", 0, 3)
  options = { first = "f-${element(concat(["z"], local.l7), 1)}", other = 1 }
}

module "m12" {
  source = "./a"
  for_each = { a = "%{ for x in local.l1 }<${x}>%{ endfor }", b = "${var.options.first}-${7}" }
  enabled = upper(jsonencode(tolist(["l"]))) != null
  items = distinct(tolist(values(var.options.tags)))
  labels = { for i, x in keys(terraform_data.r6) : "k${i}" => x }
  password = jsonencode({ name = each.value, size = 1 })
}

resource "terraform_data" "r13" {
  for_each = toset(local.l1)
  input = { a = var.name, b = each.key }
}

locals {
  l14 = local.l10
  l15 = true
}

output "o16" {
  value = element(concat(["z"], keys(terraform_data.r6)), 1)
}

output "o17" {
  value = sum([local.l10, 1])
}

output "o18" {
  value = replace(local.l8, "a", "o") != null
}

output "o19" {
  value = tolist([var.options.first, ""])
}

output "o20" {
  value = tomap({ a = upper(coalesce("alpha", "none")), c = "p-${((var.enabled ? { v = local.l8 } : { v = "alpha" }).v)}" })
}

