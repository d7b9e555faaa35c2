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
  l1 = can(var.labels.a)
  l2 = length(var.items)
}

resource "terraform_data" "r3" {
  for_each = { for k, v in zipmap(["a", "d"], ["p-${var.options.first}", tostring(2)]) : "${k}-x" => v if k != "b" }
  input = !("%{ for x in var.items }<${x}>%{ endfor }" == jsonencode({ name = var.options.first, size = local.l2 }))
}

locals {
  l4 = jsonencode({ name = var.password, size = local.l2 })
  l5 = { for i, x in keys(terraform_data.r3) : "k${i}" => x }
  l6 = var.name
}

resource "terraform_data" "r7" {
  input = local.l1

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  l8 = var.items
  l9 = sum([length({ a = var.password }), 1])
}

output "o10" {
  value = (startswith(var.password, "p") ? tostring(var.size) : substr("${local.l6}-long", 0, 3))
  sensitive = true
}

output "o11" {
  value = max(0, var.size)
}

output "o12" {
  value = var.options.first == "Grüße"
}

output "o13" {
  value = [for x in sort(tolist(keys(terraform_data.r3))) : x if x != "%{ if var.enabled }yes%{ else }no%{ endif }"]
}

output "o14" {
  value = { for k, v in zipmap(["a", "d"], [var.options.first, var.options.first]) : "${k}-x" => v if k != "b" }
}

