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
  l1 = concat([var.name], (false ? tolist(var.items) : tolist([])))
  l2 = var.size > length(var.items)
}

resource "terraform_data" "r3" {
  input = local.l2
}

locals {
  l4 = var.size
  l5 = var.size
}

resource "terraform_data" "r6" {
  for_each = toset(var.items)
  input = "%{ if false }yes%{ else }no%{ endif }"
  triggers_replace = [trimspace(" ${"p-${element(concat(["z"], ["x", "y"]), 1)}"} "), 1]
}

locals {
  l7 = jsonencode({ name = var.name, size = 2 }) != null
}

output "o8" {
  value = format("%s/%03d", substr("${"${var.password}-${var.size}"}-long", 0, 3), (terraform_data.r3.id == var.name ? (local.l5 + local.l4) : length(var.options.first)))
  sensitive = true
}

output "o9" {
  value = max(local.l4, local.l4)
}

output "o10" {
  value = startswith(var.password, "p")
  sensitive = true
}

output "o11" {
  value = (contains(local.l1, var.password) ? tolist(keys(var.labels)) : tolist([]))
  sensitive = true
}

output "o12" {
  value = { for k, r in terraform_data.r6 : k => r.id }
}

