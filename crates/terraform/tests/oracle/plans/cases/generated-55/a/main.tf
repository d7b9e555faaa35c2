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
  l1 = split("-", (var.enabled ? var.name : var.name))
  l2 = var.size % 3
  l3 = max(local.l2, local.l2)
}

resource "terraform_data" "r4" {
  for_each = toset(sort(tolist([{ v = var.options.first }, { v = var.options.first }][*].v)))
  input = max((local.l2 + var.size), local.l3)
}

locals {
  l5 = length(slice(concat(["s", var.name], local.l1), 0, 2))
}

resource "terraform_data" "r6" {
  input = ""

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l7 = local.l1
  l8 = local.l1
}

output "o9" {
  value = "%{ if var.enabled }yes%{ else }no%{ endif }"
}

output "o10" {
  value = local.l5 % 3
}

output "o11" {
  value = var.enabled
}

output "o12" {
  value = [for x in local.l1 : x if x != terraform_data.r6.id]
}

output "o13" {
  value = { a = terraform_data.r6.output, b = terraform_data.r6.id }
}

