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
  l1 = zipmap(["a", "d"], [var.options.first, var.options.first])
  l2 = (startswith(((var.enabled ? { v = "beta" } : { v = var.name }).v), "p") ? "p-${var.password}" : element(concat(["z"], ["Grüße", var.options.first]), 1))
  l3 = {}
  l4 = "${one([local.l2])}-${(var.size + var.size)}"
}

resource "terraform_data" "r5" {
  count = min(3, max(1, 1))
  input = startswith(var.options.first, "p")
  triggers_replace = [format("%s/%03d", format("%s/%03d", var.password, var.size), max(count.index, var.size)), 1]
}

resource "terraform_data" "r6" {
  input = zipmap(["a", "d"], [(var.enabled ? var.password : local.l2), lookup(local.l3, "a", local.l2)])
}

locals {
  l7 = format("%s/%03d", "p-${var.options.first}", (var.enabled ? var.size : var.size)) == try({ a = local.l4, b = local.l2 }["zz"], lookup(local.l3, "a", var.options.first))
  l8 = var.name
}

resource "terraform_data" "r9" {
  input = var.size % 3 * 2
}

locals {
  l10 = trimspace(" ${terraform_data.r6.id} ")
  l11 = { a = var.options.first }
  l12 = tostring(length(var.name))
  l13 = sum([(length(var.items) + 7), 1])
}

output "o14" {
  value = "%{ if local.l7 }yes%{ else }no%{ endif }"
  sensitive = true
}

output "o15" {
  value = terraform_data.r9.output
}

output "o16" {
  value = one([one([local.l8])]) != null
}

output "o17" {
  value = values({ for k, v in local.l11 : "${k}-x" => v if k != "b" })
}

output "o18" {
  value = { for k, v in local.l1 : "${k}-x" => v if k != "b" }
}

