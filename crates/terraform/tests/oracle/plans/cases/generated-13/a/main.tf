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
  l2 = (var.size * 2 + length(var.labels))
}

resource "terraform_data" "r3" {
  input = try(zipmap(["a", "d"], [var.options.first, var.options.first])["zz"], "${join("-", local.l1)}-${sum([local.l2, 1])}")
}

resource "terraform_data" "r4" {
  count = var.enabled ? 1 : 0
  input = [{ v = "%{ if contains(local.l1, var.password) }yes%{ else }no%{ endif }" }, { v = (terraform_data.r3.input == var.password ? "%{ for x in ["x", "y"] }<${x}>%{ endfor }" : element(concat(["z"], local.l1), 1)) }][*].v
}

resource "terraform_data" "r5" {
  input = sum([length(local.l1), 1])
  triggers_replace = [jsonencode(local.l1), 1]
}

locals {
  l6 = "${""}-${length(terraform_data.r4)}"
  l7 = (false ? tomap(var.options.tags) : tomap({ e = "%{ if var.enabled }yes%{ else }no%{ endif }" }))
  l8 = local.l7
}

resource "terraform_data" "r9" {
  input = lookup(var.options.tags, "a", var.password)
}

locals {
  l10 = length("%{ if length(terraform_data.r4) > terraform_data.r5.output }yes%{ else }no%{ endif }")
}

output "o11" {
  value = coalesce(terraform_data.r9.input, "none")
  sensitive = true
}

output "o12" {
  value = max(sum([terraform_data.r5.output, 1]), (var.enabled ? 7 : local.l10))
}

output "o13" {
  value = can(local.l7.a)
}

output "o14" {
  value = [for x in var.items : x if x != terraform_data.r9.input]
  sensitive = true
}

output "o15" {
  value = { a = terraform_data.r3.id }
}

