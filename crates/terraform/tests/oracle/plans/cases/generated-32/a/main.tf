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
  l1 = (length(split("-", var.name)) > 0 && var.enabled)
  l2 = var.size
  l3 = merge(var.options.tags, { b = element(concat(["z"], var.items), 1) })
}

resource "terraform_data" "r4" {
  input = var.size

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l5 = var.options.tags
}

resource "terraform_data" "r6" {
  count = var.enabled ? 1 : 0
  input = length(substr("${terraform_data.r4.id}-long", 0, 3)) > (startswith(var.password, "p") ? max(local.l2, terraform_data.r4.output) : length(var.name))
}

locals {
  l7 = merge({}, { b = terraform_data.r4.id })
  l8 = max((terraform_data.r4.input + 1), 7)
}

output "o9" {
  value = terraform_data.r4.id
}

output "o10" {
  value = length(var.options.first)
}

output "o11" {
  value = local.l1
}

output "o12" {
  value = keys(tomap({ a = terraform_data.r4.id, c = "alpha" }))
}

output "o13" {
  value = var.labels
}

