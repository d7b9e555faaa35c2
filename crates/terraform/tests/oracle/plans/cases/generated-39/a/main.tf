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
  l1 = can({ a = var.name }.a)
}

resource "terraform_data" "r2" {
  input = var.name
}

resource "terraform_data" "r3" {
  count = var.enabled ? 1 : 0
  input = keys({ a = "m" })
}

resource "terraform_data" "r4" {
  count = 2
  input = !(local.l1)

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l5 = tolist([var.options.first, terraform_data.r2.input])
  l6 = substr("${tostring(length(terraform_data.r3))}-long", 0, 3)
}

resource "terraform_data" "r7" {
  input = var.enabled
}

locals {
  l8 = length(var.labels)
}

output "o9" {
  value = local.l6
}

output "o10" {
  value = length(var.name)
}

output "o11" {
  value = var.enabled
}

output "o12" {
  value = [for x in [{ v = replace(local.l6, "a", "o") }, { v = terraform_data.r7.id }][*].v : x if x != "%{ if length(terraform_data.r4[*].id) > 0 }yes%{ else }no%{ endif }"]
}

output "o13" {
  value = { for k, v in var.labels : "${k}-x" => v if k != "b" }
}

