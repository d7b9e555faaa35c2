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
  l1 = values({})
  l2 = coalesce("%{ for x in formatlist("%s!", var.items) }<${x}>%{ endfor }", "none")
  l3 = (((var.enabled || var.enabled) ? { v = one([var.options.first]) } : { v = upper(var.name) }).v)
}

resource "terraform_data" "r4" {
  for_each = { a = local.l2, b = "" }
  input = substr("${var.options.first}-long", 0, 3)
  triggers_replace = [trimspace(" ${"p-${local.l3}"} "), 1]
}

resource "terraform_data" "r5" {
  count = var.enabled ? 1 : 0
  input = { for k, v in { a = local.l2, b = "alpha" } : k => upper(v) }
  triggers_replace = [one([local.l3]), 1]
}

locals {
  l6 = var.size > length(var.options.tags) % 3
}

module "m7" {
  source = "./a"
  items = keys(var.labels)
  labels = { for i, x in ["x", "y"] : "k${i}" => x }
  password = var.password
}

resource "terraform_data" "r8" {
  input = replace(module.m7.o11, "a", "o")
}

locals {
  l9 = tolist([jsonencode({ name = "%{ for x in module.m7.o14 }<${x}>%{ endfor }", size = length(terraform_data.r8.input) }), join("-", keys({ a = "m" }))])
}

output "o10" {
  value = tostring(var.size)
}

output "o11" {
  value = (false ? var.size : length(terraform_data.r5))
}

output "o12" {
  value = can({ for i, x in reverse(local.l9) : "k${i}" => x }.a)
  sensitive = true
}

output "o13" {
  value = sort(tolist([for x in [for k, v in tomap({ a = "1", b = "2" }) : "${k}=${v}"] : x if x != var.options.first]))
}

output "o14" {
  value = zipmap(["a", "d"], [local.l2, module.m7.o11])
}

