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
}

resource "terraform_data" "r2" {
  for_each = { for k, v in tomap({ a = (local.l1 ? "Grüße" : var.options.first), c = substr("${var.options.first}-long", 0, 3) }) : "${k}-x" => v if k != "b" }
  input = (((local.l1 || var.enabled) ? { v = "%{ if var.enabled }yes%{ else }no%{ endif }" } : { v = jsonencode(var.items) }).v)
  triggers_replace = [jsonencode(var.items), 1]
}

resource "terraform_data" "r3" {
  count = var.enabled ? 1 : 0
  input = length({ for k, v in { for k, v in var.options.tags : k => upper(v) } : k => upper(v) })
  triggers_replace = [one([var.password]), 1]
}

locals {
  l4 = length(var.options.first) > length(terraform_data.r3) * 2
  l5 = (((local.l1 || var.enabled) && local.l1) ? tomap(merge({ for k, r in terraform_data.r2 : k => r.id }, { b = substr("${"alpha"}-long", 0, 3) })) : tomap({ e = "p-${var.name}" }))
  l6 = startswith(var.options.first, "p")
}

resource "terraform_data" "r7" {
  input = var.name
  triggers_replace = ["alpha", 1]
}

locals {
  l8 = (local.l4 && local.l4)
  l9 = sum([length(var.name), 1])
}

output "o10" {
  value = tostring(("Grüße" == "Grüße" ? sum([local.l9, 1]) : length(terraform_data.r3) * 2))
}

output "o11" {
  value = max(var.size, 7)
}

output "o12" {
  value = var.enabled
}

output "o13" {
  value = values(terraform_data.r2)[*].input
}

output "o14" {
  value = tomap({ a = "1", b = "2" })
}

