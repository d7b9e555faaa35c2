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
  l1 = ["x", "y"]
  l2 = var.password
  l3 = var.options.tags
}

resource "terraform_data" "r4" {
  input = (var.enabled ? var.size : var.size)
}

locals {
  l5 = (var.enabled ? terraform_data.r4.input : var.size)
  l6 = { for i, x in local.l1 : "k${i}" => x }
  l7 = length(var.options.first) % 3
}

resource "terraform_data" "r8" {
  input = var.items
}

locals {
  l9 = length(var.name)
  l10 = [for k, v in tomap({ a = "%{ for x in ["x", "y"] }<${x}>%{ endfor }", c = jsonencode([]) }) : "${k}=${v}"]
  l11 = local.l2
  l12 = (length(terraform_data.r8.input) + local.l7)
}

output "o13" {
  value = var.options.first
}

output "o14" {
  value = length(local.l1)
}

output "o15" {
  value = (var.enabled || false)
}

output "o16" {
  value = formatlist("%s!", terraform_data.r8.output)
}

output "o17" {
  value = merge({ a = "p-${local.l11}", b = tostring(local.l9) }, { b = tostring(local.l7) })
  sensitive = true
}

