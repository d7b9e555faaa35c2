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
  l1 = { for k, v in var.options.tags : k => upper(v) }
  l2 = trimspace(" ${"Grüße"} ")
  l3 = length(var.labels)
  l4 = { for k, v in { a = var.password } : k => upper(v) }
}

resource "terraform_data" "r5" {
  for_each = toset(var.items)
  input = "%{ if var.enabled }yes%{ else }no%{ endif }"
}

locals {
  l6 = var.size
}

module "m7" {
  source = "./a"
  for_each = merge({ for k, v in { a = local.l2, b = var.options.first } : k => upper(v) }, { b = (local.l3 > local.l3 ? lookup({ a = "m" }, "a", var.options.first) : "p-${local.l2}") })
  items = keys(var.labels)
  labels = zipmap(["a", "d"], [each.key, each.value])
  password = "%{ if var.name == upper(var.options.first) }yes%{ else }no%{ endif }"
}

resource "terraform_data" "r8" {
  for_each = ((var.enabled && var.enabled) ? tomap({ for k, v in var.labels : "${k}-x" => v if k != "b" }) : tomap({ e = substr("${var.options.first}-long", 0, 3) }))
  input = var.enabled
  triggers_replace = ["p-${replace(var.name, "a", "o")}", 1]
}

locals {
  l9 = startswith(replace(var.name, "a", "o"), "p")
  l10 = var.options.first
}

output "o11" {
  value = var.password
  sensitive = true
}

output "o12" {
  value = length(keys(terraform_data.r5))
}

output "o13" {
  value = can((var.enabled ? tomap(var.labels) : tomap({ e = var.password })).a)
  sensitive = true
}

output "o14" {
  value = compact([var.options.first, ""])
}

output "o15" {
  value = merge({ for k, r in terraform_data.r8 : k => r.id }, { b = var.password })
  sensitive = true
}

