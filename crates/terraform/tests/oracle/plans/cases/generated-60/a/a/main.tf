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
  l2 = var.size
  l3 = var.options.first
  l4 = compact([var.name, ""])
}

resource "terraform_data" "r5" {
  input = var.enabled
}

locals {
  l6 = split("-", jsonencode(local.l1))
  l7 = jsonencode({ name = var.password, size = sum([var.size, 1]) * 2 })
}

resource "terraform_data" "r8" {
  input = coalesce(var.password, "none")
}

locals {
  l9 = replace(terraform_data.r8.output, "a", "o")
}

output "o10" {
  value = tostring((local.l2 + var.size))
}

output "o11" {
  value = 1
}

output "o12" {
  value = startswith(terraform_data.r8.input, "p")
  sensitive = true
}

output "o13" {
  value = [local.l9, local.l7]
  sensitive = true
}

output "o14" {
  value = var.labels
}

