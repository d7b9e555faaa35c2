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
  l1 = merge(var.labels, { b = "alpha" })
  l2 = upper("${var.name}-${var.size}")
  l3 = { for k, v in { a = (false ? var.password : var.options.first) } : "${k}-x" => v if k != "b" }
}

resource "terraform_data" "r4" {
  for_each = toset([for x in tolist(["l"]) : x if x != var.options.first])
  input = length(var.items) > 0
}

locals {
  l5 = var.options.tags
  l6 = var.enabled
}

module "m7" {
  source = "./a"
  name = coalesce(coalesce(substr("${var.options.first}-long", 0, 3), "none"), "none")
  size = var.size
  enabled = (local.l6 && var.enabled)
  password = jsonencode({ name = var.password, size = var.size })
  options = { first = "f-${lookup({}, "a", var.options.first)}", other = 1 }
}

module "m8" {
  source = "./a"
  labels = { for i, x in keys(terraform_data.r4) : "k${i}" => x }
  password = one(["%{ for x in ["x", "y"] }<${x}>%{ endfor }"])
  options = { first = "f-${replace(join("-", var.items), "a", "o")}", other = 1 }
}

module "m9" {
  source = "./b"
  count = var.enabled ? 1 : 0
  enabled = ((var.enabled && local.l6) || count.index > count.index)
  password = join("-", module.m8.o18)
}

module "m10" {
  source = "./b"
  enabled = contains(keys(terraform_data.r4), var.options.first)
  items = keys(terraform_data.r4)
  labels = local.l5
  password = jsonencode(formatlist("%s!", module.m7.o18))
  options = { first = "f-${var.options.first}", other = 1 }
}

resource "terraform_data" "r11" {
  input = startswith(trimspace(" ${var.name} "), "p")
}

locals {
  l12 = 2
  l13 = (!(length(module.m10.o15) > 0) || local.l6)
  l14 = !(can(var.labels.a))
  l15 = concat(reverse(reverse(["x", "y"])), formatlist("%s!", (var.enabled ? tolist(module.m7.o18) : tolist([]))))
}

output "o16" {
  value = "p-${terraform_data.r11.id}"
}

output "o17" {
  value = sum([module.m8.o16, 1])
}

output "o18" {
  value = one([terraform_data.r11.id]) != null
}

output "o19" {
  value = var.items
}

output "o20" {
  value = tomap({ a = module.m7.o15, c = module.m8.o15 })
}

