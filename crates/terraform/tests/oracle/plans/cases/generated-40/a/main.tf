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
  l1 = (var.size > var.size ? max(var.size, var.size) : (var.enabled ? var.size : var.size))
  l2 = tostring(var.size)
  l3 = var.size > var.size
}

resource "terraform_data" "r4" {
  for_each = { for k, v in { a = "${var.options.first}-${2}" } : "${k}-x" => v if k != "b" }
  input = { for i, x in sort(tolist(var.items)) : "k${i}" => x }
}

locals {
  l5 = var.enabled
  l6 = ((local.l3 || local.l5) ? (var.enabled ? var.size : var.size) : var.size % 3)
  l7 = formatlist("%s!", keys(terraform_data.r4))
  l8 = split("-", upper(local.l2))
}

resource "terraform_data" "r9" {
  count = min(3, length(var.options.first) * 2)
  input = { for i, x in var.items : "k${i}" => x }
}

locals {
  l10 = 2
  l11 = (var.size + local.l1 % 3)
  l12 = length(terraform_data.r9) * 2
}

output "o13" {
  value = coalesce(var.password, "none")
  sensitive = true
}

output "o14" {
  value = max(length(local.l7), (local.l11 + local.l10))
}

output "o15" {
  value = local.l3
}

output "o16" {
  value = reverse([])
}

output "o17" {
  value = { for i, x in local.l8 : "k${i}" => x }
}

