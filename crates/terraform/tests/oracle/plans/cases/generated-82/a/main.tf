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
  l1 = true
}

resource "terraform_data" "r2" {
  input = { for k, v in { a = tostring(var.size), b = "p-${var.options.first}" } : "${k}-x" => v if k != "b" }
  triggers_replace = [jsonencode({ name = join("-", [for k, v in var.labels : "${k}=${v}"]), size = var.size }), 1]

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l3 = (var.size + var.size)
  l4 = tomap({ a = "1", b = "2" })
  l5 = one([try({ a = terraform_data.r2.id, b = var.password }["zz"], format("%s/%03d", "", local.l3))])
  l6 = terraform_data.r2.output
}

resource "terraform_data" "r7" {
  input = terraform_data.r2.output
  triggers_replace = [one([""]), 1]
}

locals {
  l8 = local.l3
  l9 = local.l3 * 2
}

output "o10" {
  value = terraform_data.r7.id
}

output "o11" {
  value = length(var.name)
}

output "o12" {
  value = var.enabled
}

output "o13" {
  value = compact([var.password, ""])
  sensitive = true
}

output "o14" {
  value = terraform_data.r7.input
}

