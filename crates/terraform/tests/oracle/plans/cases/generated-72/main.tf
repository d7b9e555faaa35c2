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
  l1 = var.size
  l2 = slice(concat(["s", upper("beta")], slice(concat(["s", var.password], var.items), 0, 2)), 0, 2)
  l3 = "alpha" != null
}

resource "terraform_data" "r4" {
  for_each = { for k, v in (var.enabled ? tomap(var.labels) : tomap({ e = var.options.first })) : k => upper(v) }
  input = contains(reverse(tolist(["l"])), var.options.first)
}

locals {
  l5 = values(var.options.tags)
  l6 = tomap({ a = var.password, c = "${tostring(var.size)}-${var.size}" })
  l7 = ((var.enabled ? local.l1 : var.size) > length(var.labels) || (var.enabled || contains(var.items, var.options.first)))
}

module "m8" {
  source = "./a"
  name = ((local.l7 ? { v = var.name } : { v = var.options.first }).v)
  size = length([for k, v in { for k, v in { for k, r in terraform_data.r4 : k => r.id } : "${k}-x" => v if k != "b" } : "${k}=${v}"])
  enabled = lookup({ a = "beta", b = var.options.first }, "a", var.options.first) == element(concat(["z"], (true ? tolist(keys(terraform_data.r4)) : tolist([]))), 1)
}

resource "terraform_data" "r9" {
  count = 1
  input = "%{ if (var.options.first != null && local.l7) }yes%{ else }no%{ endif }"
}

locals {
  l10 = (length(upper(module.m8.o11)) + (local.l1 + var.size))
  l11 = length(var.password)
}

output "o12" {
  value = "%{ if module.m8.o13 }yes%{ else }no%{ endif }"
}

output "o13" {
  value = length([for x in formatlist("%s!", terraform_data.r9[*].input) : x if x != try(terraform_data.r9[0].output, "none")])
}

output "o14" {
  value = contains([for k, v in module.m8.o15 : "${k}=${v}"], "%{ for x in [] }<${x}>%{ endfor }")
}

output "o15" {
  value = tolist(["l"])
}

output "o16" {
  value = zipmap(["a", "d"], [substr("${try(terraform_data.r9[0].output, "none")}-long", 0, 3), trimspace(" ${module.m8.o11} ")])
}

