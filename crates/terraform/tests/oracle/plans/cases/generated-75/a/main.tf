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
  l1 = length([for x in var.items : x if x != substr("${var.password}-long", 0, 3)])
  l2 = !(var.enabled)
}

resource "terraform_data" "r3" {
  for_each = { a = upper(var.options.first), b = var.options.first }
  input = length(var.items)
}

resource "terraform_data" "r4" {
  for_each = var.labels
  input = sum([(local.l1 + local.l1), 1])
}

locals {
  l5 = [{ v = var.options.first }, { v = var.name }][*].v
  l6 = startswith("${""}-${var.size}", "p")
  l7 = (var.enabled || can(zipmap(["a", "d"], [var.options.first, "Grüße"]).a))
  l8 = [jsonencode({ name = var.name, size = local.l1 })]
}

resource "terraform_data" "r9" {
  for_each = toset(tolist(["l"]))
  input = var.name
}

locals {
  l10 = { a = (local.l6 ? var.password : var.name), b = var.name }
  l11 = contains(compact([var.options.first, ""]), try(var.labels["zz"], "beta"))
}

output "o12" {
  value = trimspace(" ${one(["alpha"])} ")
}

output "o13" {
  value = sum([sum([7, 1]), 1])
}

output "o14" {
  value = length(local.l5) > 0
}

output "o15" {
  value = values(zipmap(["a", "d"], ["alpha", replace(var.options.first, "a", "o")]))
}

output "o16" {
  value = { for i, x in keys(terraform_data.r4) : "k${i}" => x }
}

