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
  l1 = slice(concat(["s", "${var.name}-${var.size}"], reverse(var.items)), 0, 2)
}

resource "terraform_data" "r2" {
  for_each = toset([var.options.first, var.options.first])
  input = var.options.first
  triggers_replace = ["p-${var.password}", 1]
}

resource "terraform_data" "r3" {
  count = min(3, (max(0, 2) > 2 % 3 ? 2 : length(keys(terraform_data.r2))))
  input = values(terraform_data.r2)[*].input
}

resource "terraform_data" "r4" {
  count = min(3, sum([2, 1]))
  input = ["%{ if var.enabled }yes%{ else }no%{ endif }"]
}

locals {
  l5 = can({}.a)
  l6 = { for k, v in { a = var.password } : "${k}-x" => v if k != "b" }
  l7 = upper(var.options.first)
  l8 = { a = jsonencode(distinct(tolist(keys(terraform_data.r2)))) }
}

resource "terraform_data" "r9" {
  count = min(3, sum([2 % 3, 1]))
  input = { a = var.password, b = var.name }
  triggers_replace = ["%{ if startswith(local.l7, "p") }yes%{ else }no%{ endif }", 1]
}

locals {
  l10 = ("" != null ? tomap(local.l6) : tomap({ e = var.password }))
  l11 = one([var.options.first])
}

output "o12" {
  value = "Grüße"
}

output "o13" {
  value = 0
}

output "o14" {
  value = var.enabled
}

output "o15" {
  value = tolist([join("-", local.l1), "%{ for x in keys(terraform_data.r2) }<${x}>%{ endfor }"])
}

output "o16" {
  value = tomap({ a = var.options.first, c = local.l7 })
}

