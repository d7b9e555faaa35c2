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
  l1 = tolist([replace(var.options.first, "a", "o"), "%{ for x in slice(concat(["s", var.options.first], var.items), 0, 2) }<${x}>%{ endfor }"])
  l2 = (var.enabled ? var.size : 1)
  l3 = length({ a = var.options.first })
}

resource "terraform_data" "r4" {
  for_each = var.options.tags
  input = "%{ if !(var.enabled) }yes%{ else }no%{ endif }"
}

resource "terraform_data" "r5" {
  input = values(terraform_data.r4)[*].input
  triggers_replace = [jsonencode(tolist(["l"])), 1]
}

locals {
  l6 = values(terraform_data.r4)[*].input
  l7 = length(compact([var.options.first, ""])) > 0
  l8 = terraform_data.r5.id != null
  l9 = local.l3
}

resource "terraform_data" "r10" {
  input = [for k, v in var.options.tags : "${k}=${v}"]
}

locals {
  l11 = { a = ((local.l8 && var.enabled) ? join("-", terraform_data.r10.output) : var.name), b = tostring(local.l9 * 2) }
  l12 = split("-", terraform_data.r5.id)
  l13 = var.enabled
  l14 = startswith(var.password, "p")
}

output "o15" {
  value = ((local.l7 ? { v = var.name } : { v = terraform_data.r5.id }).v)
}

output "o16" {
  value = max(local.l9, max(local.l2 * 2, local.l2 * 2))
}

output "o17" {
  value = terraform_data.r10.id != null
}

output "o18" {
  value = [{ v = terraform_data.r5.id }, { v = var.options.first }][*].v
}

output "o19" {
  value = { for i, x in tolist(["l"]) : "k${i}" => x }
}

