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
}

resource "terraform_data" "r2" {
  count = min(3, max(1, 1))
  input = length([var.name])
}

locals {
  l3 = lookup(var.labels, "a", "p-${var.name}")
  l4 = terraform_data.r2[*].id
}

resource "terraform_data" "r5" {
  input = join("-", var.items) != null
}

locals {
  l6 = { for i, x in terraform_data.r2[*].id : "k${i}" => x }
  l7 = terraform_data.r5.input
}

output "o8" {
  value = "%{ for x in [var.name, terraform_data.r5.id] }<${x}>%{ endfor }"
}

output "o9" {
  value = (var.size + var.size)
}

output "o10" {
  value = (false || terraform_data.r5.input)
}

output "o11" {
  value = [for x in local.l1 : "${x}-${local.l3}"]
}

output "o12" {
  value = { for k, v in { for i, x in [] : "k${i}" => x } : k => upper(v) }
}

