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
  l1 = [var.password]
  l2 = startswith(upper(var.options.first), "p")
}

resource "terraform_data" "r3" {
  input = try({}["zz"], var.name)

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l4 = startswith(terraform_data.r3.input, "p")
}

resource "terraform_data" "r5" {
  count = 2
  input = length({ for k, v in var.labels : "${k}-x" => v if k != "b" })
}

locals {
  l6 = zipmap(["a", "d"], ["p-${terraform_data.r3.input}", terraform_data.r3.id])
}

output "o7" {
  value = one(["%{ if local.l2 }yes%{ else }no%{ endif }"])
}

output "o8" {
  value = max(2, var.size) * 2
}

output "o9" {
  value = ((terraform_data.r3.id != null && var.enabled) && (length(terraform_data.r5) > length(terraform_data.r5) || length(terraform_data.r5[*].id) > 0))
}

output "o10" {
  value = values({ for k, v in { a = terraform_data.r3.output } : "${k}-x" => v if k != "b" })
}

output "o11" {
  value = var.options.tags
}

